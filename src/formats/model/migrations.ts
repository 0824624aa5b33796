import { StateError } from "./problem.ts";

type Migration = (state: Record<string, unknown>) => Record<string, unknown>;

/** `migrations[n]` makes version n + 1 of version n. A link once published is opened for ever, so none is ever removed. */
const migrations: Readonly<Record<number, Migration>> = {};

function isRecord(json: unknown): json is Record<string, unknown> {
	return typeof json === "object" && json !== null && !Array.isArray(json);
}

/**
 * Brings a state of an older version to the present one, one version at a time.
 * @throws StateError S3 where it is newer than this page, S5 where it says no version
 */
export function migrate(json: unknown, present: number): unknown {
	if (!isRecord(json)) throw new StateError({ code: "S5", path: "" });
	const { v } = json;
	if (typeof v !== "number" || !Number.isInteger(v) || v < 1) throw new StateError({ code: "S5", path: "v" });
	if (v > present) throw new StateError({ code: "S3", made: v, known: present });
	let state = json;
	for (let version = v; version < present; version++) {
		const step = migrations[version];
		if (step === undefined) throw new StateError({ code: "S5", path: "v" });
		state = { ...step(state), v: version + 1 };
	}
	return state;
}
