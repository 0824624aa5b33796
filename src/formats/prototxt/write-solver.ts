import type { SolverSettings } from "../../engine/specification.ts";
import { field, number, printTextFormat, text } from "./print.ts";
import { readSolver } from "./read-solver.ts";
import { type Rounding, SOLVER_FLOATS, solverRoundings } from "./rounding.ts";
import { type Field, type FieldValue, parseTextFormat } from "./text-format.ts";

export interface WrittenSolver {
	readonly text: string;
	readonly rounded: readonly Rounding[];
}

/** What each setting is when nothing is written. */
const DEFAULTS = readSolver('lr_policy: "fixed"', { precision: "double" });

interface SettingFields {
	readonly name: string;
	readonly values: readonly FieldValue[];
}

function settingFields(settings: SolverSettings): readonly SettingFields[] {
	const unless = (name: string, value: number, fallback: number): SettingFields => ({
		name,
		values: value === fallback || value === Math.fround(fallback) ? [] : [number(value)],
	});
	return [
		{ name: "type", values: [text(settings.type)] },
		{ name: "base_lr", values: [number(settings.baseLr)] },
		{ name: "lr_policy", values: [text(settings.lrPolicy)] },
		...Object.entries(SOLVER_FLOATS)
			.filter(([name]) => name !== "base_lr")
			.map(([name, key]) => unless(name, settings[key], DEFAULTS[key])),
		unless("stepsize", settings.stepSize, DEFAULTS.stepSize),
		{ name: "stepvalue", values: settings.stepValues.map(number) },
		unless("max_iter", settings.maxIter, DEFAULTS.maxIter),
		unless("iter_size", settings.iterSize, DEFAULTS.iterSize),
		{ name: "regularization_type", values: settings.regularization === "L2" ? [] : [text(settings.regularization)] },
	];
}

/** What decides numbers, in old and new spelling. */
const isSetting = (name: string, settings: readonly SettingFields[]) =>
	name === "solver_type" || settings.some((setting) => setting.name === name);

/**
 * A solver as prototxt. Given the file it came from, everything else in it (snapshots, display, comments) stays, and
 * settings that are still the same stand as they stood.
 */
export function writeSolver(settings: SolverSettings, original?: string): WrittenSolver {
	const rounded = settings.precision === "caffe" ? [] : solverRoundings(settings);
	if (original === undefined) {
		const fields = settingFields(settings).flatMap(({ name, values }) => values.map((value) => field(name, value)));
		return { text: printTextFormat({ fields, ending: [] }), rounded };
	}
	const file = parseTextFormat(original);
	const before = settingFields(readSolver(original, { precision: settings.precision }));
	const now = settingFields(settings);
	const changed = now.filter(({ name, values }) => {
		const old = before.find((setting) => setting.name === name);
		return JSON.stringify(old?.values) !== JSON.stringify(values);
	});
	const isChanged = (name: string) =>
		changed.some((setting) => setting.name === name || (setting.name === "type" && name === "solver_type"));
	const written = new Set<string>();
	const kept = file.fields.flatMap((old): readonly Field[] => {
		if (!isSetting(old.name, now) || !isChanged(old.name)) return [old];
		const name = old.name === "solver_type" ? "type" : old.name;
		if (written.has(name)) return [];
		written.add(name);
		const values = changed.find((setting) => setting.name === name)?.values ?? [];
		return values.map((value, place) => ({ ...old, name, value, comments: place === 0 ? old.comments : [] }));
	});
	const added = changed
		.filter(({ name }) => !written.has(name))
		.flatMap(({ name, values }) => values.map((value) => field(name, value)));
	return { text: printTextFormat({ ...file, fields: [...kept, ...added] }), rounded };
}
