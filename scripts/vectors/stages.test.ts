import { describe, expect, it } from "vitest";
import { referencesOf } from "../../src/engine/evaluate.ts";
import { explainScalar } from "../../src/engine/explain-scalar.ts";
import { buildNet } from "../../src/engine/net.ts";
import { referenceText } from "../../src/engine/reference.ts";
import "../../src/engine/solver/rules.ts";
import { shareRows } from "../../src/engine/testing/explanations.ts";
import { allReferences } from "../../src/engine/testing/references.ts";
import { readNet, readSolver } from "../../src/formats/prototxt/index.ts";
import { addressText, parseAddress } from "../../src/timeline/address.ts";
import { becomingOf } from "../../src/timeline/stage-of.ts";
import { structureOf } from "../../src/timeline/structure.ts";
import { createTimeline } from "../../src/timeline/timeline.ts";
import { folder, loadVector, vectorNames } from "./folder.ts";

describe(`the stages of every vector's net (${folder})`, () => {
	it.for(vectorNames(folder))("%s", (name) => {
		const file = loadVector(folder, name);
		const net = buildNet(readNet(file.net_prototxt, { precision: "caffe" }));
		const settings = readSolver(file.solver_prototxt, { precision: "caffe" });
		const timeline = createTimeline(structureOf(net), settings);
		for (let leaf = 0; leaf < timeline.leaves; leaf++) {
			const cursor = { iteration: 2, leaf };
			expect(parseAddress(timeline, addressText(timeline, cursor))).toEqual({ cursor, problem: null });
		}
		const context = { net, settings, read: () => 1 };
		const early: string[] = [];
		for (const reference of allReferences(net, settings, 2, shareRows(context))) {
			const becoming = becomingOf(timeline, reference);
			if (becoming === "never") continue;
			const expression = explainScalar(context, reference);
			for (const operand of expression === null ? [] : referencesOf(expression)) {
				if (operand.iteration < 2) continue;
				const known = becomingOf(timeline, operand);
				const isKnown = known === "given" || (known !== "never" && known <= (becoming === "given" ? -1 : becoming));
				if (!isKnown)
					early.push(`${referenceText(reference)} (${becoming}) needs ${referenceText(operand)} (${known})`);
			}
		}
		expect(early.slice(0, 5)).toEqual([]);
	});
});
