import { describe, expect, it } from "vitest";
import { presets } from "../../data/presets/index.ts";
import { symbolNode } from "../../explain/math.ts";
import type { NotationId } from "../../explain/notation.ts";
import { letter } from "../../explain/symbol.ts";
import { en } from "../../i18n/en/index.ts";
import { zh } from "../../i18n/zh/index.ts";
import { formulaTexts, latexFormula, mathmlFormula, setFormula } from "./formulas.ts";
import { iterationHandout } from "./handout.ts";
import { latexOf, latexText } from "./latex.ts";
import { mathmlOf } from "./mathml.ts";
import { iterationOf, presetOptions } from "./testing/iterations.ts";
import { hasLatex, latexComplaint } from "./testing/latex.ts";
import { sourceOf } from "./testing/sources.ts";
import { wholeText } from "./testing/whole.ts";

const NOTATIONS: readonly NotationId[] = ["ufldl", "caffe", "pytorch"];
const format = { digits: 4 };

async function source(id: string, notation: NotationId = "ufldl", change = {}) {
	const preset = presets.find((candidate) => candidate.id === id) ?? presets[0];
	return sourceOf(iterationOf(await presetOptions(preset, change), 2, "Title"), notation);
}

describe("a formula", () => {
	it("is LaTeX and MathML, in symbols, with its numbers and the result", async () => {
		const { explain } = await source("worked-example");
		const subject = { kind: "top", iteration: 2, pass: 0, layer: "hidden", slot: 0, side: "data", index: 0 } as const;
		const set = setFormula(explain, subject, { format, known: true, width: 34 });
		const texts = formulaTexts(explain, format);
		const latex = latexFormula(set, texts);
		expect(latex).toContain("z_{1}^{(2)} &= W_{11}^{(1)} \\cdot x_{1}");
		expect(latex).toMatch(/&= 0\.3774\n/);
		const mathml = mathmlFormula(set, texts);
		expect(mathml).toContain("<msubsup>");
		expect(mathml).toContain("<mn>0.3774</mn>");
	});

	it("keeps the numbers to itself while they may not be shown", async () => {
		const { explain } = await source("worked-example");
		const subject = { kind: "top", iteration: 2, pass: 0, layer: "hidden", slot: 0, side: "data", index: 0 } as const;
		const latex = latexFormula(
			setFormula(explain, subject, { format, known: false, width: 34 }),
			formulaTexts(explain, format),
		);
		expect(latex).not.toMatch(/0\.\d/);
	});

	it("lays a bar over its letter", () => {
		const barred = symbolNode(letter("h\u0304", "(2)", "1"));
		expect(mathmlOf(barred, () => "", String)).toContain('<mover accent="true"><mi>h</mi><mo>¯</mo></mover>');
		expect(latexOf(barred, () => "", String)).toContain("\\bar{h}");
	});

	it("lets no character of a name be a command", () => {
		expect(latexText("a_b \\input{x} 50% $y$ #1 ~^")).toBe(
			"a\\_b \\textbackslash{}input\\{x\\} 50\\% \\$y\\$ \\#1 \\textasciitilde{}\\textasciicircum{}",
		);
	});
});

describe("a handout", () => {
	it("has a section a phase in both languages", async () => {
		const own = await source("xor");
		for (const [language, texts] of [
			["en", en.exporting.handout],
			["zh-CN", zh.exporting.handout],
		] as const) {
			const text = wholeText(iterationHandout(own, { texts, language, format, sample: 0 }));
			for (const { name } of own.timeline.phases) expect(text).toContain(`\\section*{${texts.phases[name]}`);
		}
	});

	it.skipIf(!hasLatex)("compiles for every preset and notation (needs texlive-latex-base)", async () => {
		const complaints: string[] = [];
		for (const { id } of presets) {
			for (const notation of id === "xor" || id === "digits" ? NOTATIONS : (["ufldl"] as const)) {
				const change = id === "xor" ? { iterSize: 2, clipGradients: 0.01 } : {};
				const own = await source(id, notation, change);
				const text = wholeText(
					iterationHandout(own, { texts: en.exporting.handout, language: "en", format, sample: 0 }),
				);
				const complaint = latexComplaint(text);
				if (complaint !== null) complaints.push(`${id} ${notation}: ${complaint}`);
			}
		}
		expect(complaints).toEqual([]);
	});
});
