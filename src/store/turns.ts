import { useLayoutEffect, useState } from "react";

/**
 * What a step changes is drawn in turns, a frame each, so that no frame has to draw all of it: the picture at once,
 * then what a new scene has beside it, then where one stands, then the text, then the numbers listed below it, then the
 * panels; and only then does the picture move.
 */
const TURNS = ["scene", "place", "text", "operands", "panels", "motion"] as const;
export type Turn = (typeof TURNS)[number];

type Task = () => void;

const waiting: Readonly<Record<Turn, Set<Task>>> = {
	scene: new Set(),
	place: new Set(),
	text: new Set(),
	operands: new Set(),
	panels: new Set(),
	motion: new Set(),
};
let asked = false;

/** A page that is not seen paints nothing; what has to be drawn must not wait for it. */
const UNSEEN_MS = 200;

/** Runs once the next frame has been painted. */
function afterPaint(task: Task): void {
	if (typeof requestAnimationFrame === "undefined") {
		setTimeout(task, 0);
		return;
	}
	let done = false;
	const once = () => {
		if (done) return;
		done = true;
		clearTimeout(unseen);
		task();
	};
	const unseen = setTimeout(once, UNSEEN_MS);
	requestAnimationFrame(() => setTimeout(once, 0));
}

/** Whether a step is being drawn. */
function isDrawing(): boolean {
	return TURNS.some((turn) => waiting[turn].size > 0);
}

function ask(): void {
	if (asked || !isDrawing()) return;
	asked = true;
	afterPaint(() => {
		asked = false;
		const turn = TURNS.find((candidate) => waiting[candidate].size > 0);
		if (turn === undefined) return;
		const tasks = [...waiting[turn]];
		waiting[turn].clear();
		for (const task of tasks) task();
		ask();
	});
}

/** Runs a task when its turn has come, at the earliest after the next frame; the function returned takes it back. */
export function inTurn(turn: Turn, task: Task): () => void {
	waiting[turn].add(task);
	ask();
	return () => {
		waiting[turn].delete(task);
	};
}

/** When all that a step changed stands on the page. */
export function allDrawn(): Promise<void> {
	return new Promise((done) => {
		inTurn("motion", () => afterPaint(done));
	});
}

/** A value as it stood at its last turn: the same as `value` unless a step is being drawn that made it anew. */
export function useInTurn<T extends object>(turn: Turn, value: T): T {
	const [shown, setShown] = useState(value);
	const isFree = shown !== value && !isDrawing();
	if (isFree) setShown(value);
	useLayoutEffect(() => (shown === value ? undefined : inTurn(turn, () => setShown(value))), [turn, value, shown]);
	return isFree ? value : shown;
}

/** Whether the turn of a part has come that a step has just brought. What nothing was stepped for is there at once. */
export function useArrival(turn: Turn): boolean {
	const [come, setCome] = useState(() => !isDrawing());
	useLayoutEffect(() => (come ? undefined : inTurn(turn, () => setCome(true))), [come, turn]);
	return come;
}
