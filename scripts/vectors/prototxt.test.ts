import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildNet } from "../../src/engine/net.ts";
import { EngineError } from "../../src/engine/problem.ts";
import { FormatError, readNet, readSolver } from "../../src/formats/prototxt/index.ts";
import { fixtures, folder, loadVector, vectorNames } from "./folder.ts";

const read = { precision: "caffe" } as const;

/** What only the readers' own errors may interrupt. */
function attempt(run: () => unknown): void {
	try {
		run();
	} catch (error) {
		if (!(error instanceof FormatError) && !(error instanceof EngineError)) throw error;
	}
}

const mutations = [
	[
		"",
		"{",
		"}",
		":",
		"<",
		">",
		"[",
		"]",
		"'",
		'"',
		"\\",
		"#",
		"\u0000",
		"\n",
		"-",
		"1",
		"0",
		"-1",
		"99999999999",
		"1e999",
	],
	["nan", "dim", "top", "bottom", "layer {", "name: 'x'", "é", "\ud800", 'type: "Split"', "constructor"],
].flat();

describe(`the prototxt of the vectors (${folder})`, () => {
	it.for(vectorNames(folder))("%s is read, and after any change answered or refused", (name, { skip }) => {
		const { net_prototxt: net, solver_prototxt: solver } = loadVector(folder, name);
		expect(readSolver(solver, read).precision).toBe("caffe");
		try {
			readNet(net, read);
		} catch (error) {
			if (error instanceof EngineError && error.problem.code === "unknown-layer-type") skip(error.problem.type);
			throw error;
		}
		const change = fc.record({
			at: fc.double({ min: 0, max: 1, noNaN: true }),
			removed: fc.constantFrom(0, 1, 2, 10, 100),
			inserted: fc.constantFrom(...mutations),
		});
		fc.assert(
			fc.property(fc.constantFrom(net, solver), fc.array(change, { minLength: 1, maxLength: 3 }), (text, changes) => {
				let changed = text;
				for (const { at, removed, inserted } of changes) {
					const place = Math.floor(at * changed.length);
					changed = changed.slice(0, place) + inserted + changed.slice(place + removed);
				}
				attempt(() => readSolver(changed, read));
				attempt(() => buildNet(readNet(changed, read)));
			}),
			{ numRuns: 25 },
		);
	});

	it("cut off anywhere is answered or refused", () => {
		for (const name of vectorNames(fixtures)) {
			const { net_prototxt: net } = loadVector(fixtures, name);
			for (let end = 0; end < net.length; end += 3) attempt(() => buildNet(readNet(net.slice(0, end), read)));
		}
	});
});
