import type { Editable } from "../../store/editable.ts";

/** What a number line or a chart spans. */
export interface LineRange {
	readonly minimum: number;
	readonly maximum: number;
	/** One press of an arrow key; also what a drag snaps to. */
	readonly step: number;
}

const STEPS = 100;

/** The next of 1, 2, 5 times a power of ten. */
export function niceCeiling(size: number): number {
	const power = 10 ** Math.floor(Math.log10(size));
	const share = size / power;
	const factor = share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10;
	return tidy(factor * power);
}

/** Without the dust of binary fractions: 0.1 + 0.2 is 0.3. */
export function tidy(value: number): number {
	return Number(value.toPrecision(12));
}

/** The line on which a number is dragged: round its former value, and as far as what is typed. */
export function lineRange(editable: Editable, former: number, value: number): LineRange {
	if (editable.kind === "data" && editable.classes !== null) {
		return { minimum: 0, maximum: editable.classes - 1, step: 1 };
	}
	if (editable.kind === "solver") {
		const usual = { baseLr: 1, momentum: 1, weightDecay: 0.1 }[editable.setting];
		const wanted = former === 0 ? usual : 2 * former;
		const maximum = editable.setting === "momentum" ? 1 : niceCeiling(Math.max(wanted, value));
		return { minimum: 0, maximum, step: tidy(maximum / STEPS) };
	}
	const usual = niceCeiling(Math.max(1, 1.25 * Math.abs(former)));
	const maximum = Math.abs(value) > usual ? niceCeiling(Math.abs(value)) : usual;
	return { minimum: -maximum, maximum, step: tidy(maximum / STEPS) };
}

/** What the chart spans: wider than the line where nothing bounds it, so that one sees where the loss goes. */
export function chartRange(editable: Editable, { minimum, maximum }: LineRange): readonly [from: number, to: number] {
	if (editable.kind === "solver" || (editable.kind === "data" && editable.classes !== null)) return [minimum, maximum];
	const half = editable.kind === "parameter" ? Math.max(4, 2 * maximum) : 2 * maximum;
	return [-half, half];
}

/** The nearest value that a drag may stop at. */
export function snap(value: number, { minimum, maximum, step }: LineRange): number {
	return Math.min(maximum, Math.max(minimum, tidy(Math.round(value / step) * step)));
}

/** The value after a key press on the handle; null for keys that are not its own. */
export function stepped(key: string, value: number, former: number, range: LineRange): number | null {
	if (key === "Home") return former;
	const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[key];
	if (steps === undefined) return null;
	const size = Math.abs(steps) > 1 && range.step === 1 ? Math.sign(steps) : steps;
	return Math.min(range.maximum, Math.max(range.minimum, tidy(value + size * range.step)));
}
