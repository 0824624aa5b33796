import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRefusal, readCommand, readEnvelope } from "./messages.ts";

const message = (type: string, p?: unknown) =>
	readEnvelope({ ns: "deltascope", v: 1, type, ...(p === undefined ? {} : { p }) });

function read(type: string, p?: unknown) {
	const envelope = message(type, p);
	if (envelope === null) throw new Error("no envelope");
	return readCommand(envelope);
}

describe("messages from a page around", () => {
	it("are read with what they carry", () => {
		expect(read("goto", { at: "i2.backward" })).toEqual({ type: "goto", p: { at: "i2.backward" } });
		expect(read("init")).toEqual({ type: "init", p: { want: [] } });
		expect(read("next")).toMatchObject({ type: "next" });
		expect(read("set", { theme: "dark", fs: 1.5, edit: false })).toMatchObject({ type: "set" });
	});

	it.each([
		["goto", { at: 7 }, "at"],
		["init", { want: "state" }, "want"],
		["next", { gran: "atom" }, "gran"],
		["table", { what: "everything" }, "what"],
		["setstate", { s: "x".repeat(40_000) }, "s"],
		["snapshot", { scale: 9 }, "scale"],
		["focusenter", { mode: "sideways" }, "mode"],
	])("are refused with the field that is wrong: %s", (type, p, field) => {
		expect(read(type, p)).toMatchObject({ code: "invalid", field: `p.${field}` });
	});

	it.each(["lesson", "predict", "challenge", "present"])("%s is known and not supported", (type) => {
		expect(read(type)).toMatchObject({ code: "unsupported" });
	});

	it.each(["dance", "__proto__", "constructor", ""])("“%s” is unknown", (type) => {
		expect(read(type)).toMatchObject({ code: "unknown-type" });
	});

	it("are no reason to throw, whatever they are", () => {
		fc.assert(
			fc.property(fc.anything(), fc.string(), fc.anything(), (whole, type, p) => {
				expect(readEnvelope(whole)?.ns ?? "deltascope").toBe("deltascope");
				const envelope = message(type, p);
				if (envelope !== null) expect(typeof isRefusal(readCommand(envelope))).toBe("boolean");
			}),
		);
	});
});
