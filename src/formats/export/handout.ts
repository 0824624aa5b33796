import type { ParameterMoment, ScalarReference } from "../../engine/reference.ts";
import { symbolNode } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { formatNumber, type NumberFormat } from "../../explain/number-text.ts";
import type { Subject } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { LanguageId } from "../../i18n/languages.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";
import type { StageGroup, StagePhase } from "../../timeline/timeline.ts";
import { formulaTexts, latexRows, setFormula, subjectValue } from "./formulas.ts";
import { latexNumber, latexOf, latexText } from "./latex.ts";
import type { TextPart } from "./parts.ts";
import type { ExportSource } from "./source.ts";

type Texts = Catalogue["exporting"]["handout"];

export interface HandoutOptions {
	readonly texts: Texts;
	readonly language: LanguageId;
	readonly format: NumberFormat;
	/** The sample that is worked out, from 0. */
	readonly sample: number;
}

/** So many units of a layer, and so many elements of a parameter, are written out. */
const WRITTEN_UNITS = 6;
const WRITTEN_ELEMENTS = 40;
/** Formulas are set within this many em. */
const WIDTH = 34;

interface Handout extends HandoutOptions {
	readonly source: ExportSource;
}

function formulas({ source, format }: Handout, subjects: readonly Subject[], whole = false): string {
	const { explain } = source;
	const texts = formulaTexts(explain, format);
	const blocks = subjects.map((subject) => {
		const set = setFormula(explain, subject, { format, known: true, width: WIDTH, whole });
		return latexRows(set, texts).join(" \\\\\n");
	});
	return blocks.length === 0 ? "" : `\\begin{align*}\n${blocks.join(" \\\\[1ex]\n")}\n\\end{align*}\n`;
}

function symbolOf({ source }: Handout, reference: ScalarReference): string {
	const { structure, notation } = source.explain;
	const node = symbolNode(notations[notation].symbol(structure, reference), true);
	return latexOf(node, () => "", String);
}

const numberOf = ({ source, format }: Handout, subject: Subject) =>
	`$${latexNumber(formatNumber(subjectValue(source.explain, subject), format))}$`;

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
	const spec = `l${"r".repeat(columns.length - 1)}`;
	const lines = [columns, ...rows].map((row) => `${row.join(" & ")} \\\\`);
	return `\\begin{center}\n\\begin{tabular}{${spec}}\n\\hline\n${lines[0]}\n\\hline\n${lines.slice(1).join("\n")}\n\\hline\n\\end{tabular}\n\\end{center}\n`;
}

const firstOf = (count: number, most: number) => Array.from({ length: Math.min(count, most) }, (_, place) => place);

function shortened({ texts }: Handout, shown: number, all: number): string {
	return shown < all ? `${latexText(texts.units(shown, all))}\n` : "";
}

/** The row of a group's output that is worked out: of a recurrent layer that of its last time step. */
function rowOf({ sample }: Handout, group: Group): number {
	const sequences = group.samples / group.times;
	return (group.times - 1) * sequences + (sample % sequences);
}

function unitSubjects(handout: Handout, group: Group, pass: number, side: "data" | "diff"): readonly Subject[] {
	const at = { iteration: handout.source.trace.iteration, pass, side } as const;
	return firstOf(group.units, WRITTEN_UNITS).flatMap((unit): readonly Subject[] => {
		const z = groupScalar(group, "z", at, rowOf(handout, group), unit);
		if (side === "diff" || group.elementwise.length === 0) return [z];
		return [z, groupScalar(group, "a", at, rowOf(handout, group), unit)];
	});
}

function givenTable(handout: Handout, groups: readonly Group[], pass: number): string {
	const at = { iteration: handout.source.trace.iteration, pass, side: "data" } as const;
	return groups
		.map((group) => {
			const units = firstOf(group.units, WRITTEN_ELEMENTS);
			const entries = units.map((unit) => {
				const reference = groupScalar(group, "a", at, rowOf(handout, group), unit);
				return `${symbolOf(handout, reference)} = ${numberOf(handout, reference).slice(1, -1)}`;
			});
			return `\\begin{flushleft}\n${entries.map((entry) => `$${entry}$`).join(",\\quad\n")}\n\\end{flushleft}\n${shortened(handout, units.length, group.units)}`;
		})
		.join("");
}

function lossSubjects({ source }: Handout, group: Group, pass: number): readonly Subject[] {
	const { iteration } = source.trace;
	return [groupScalar(group, "z", { iteration, pass, side: "data" }, 0, 0)];
}

function gradientSubjects({ source }: Handout, group: Group): readonly Subject[] {
	const { iteration } = source.trace;
	return group.head.run.parameters.flatMap((blob, slot) =>
		group.head.run.parameterNeedsDiff[slot]
			? firstOf(blob.count, WRITTEN_UNITS).map(
					(index): Subject => ({
						kind: "parameter",
						iteration,
						layer: group.head.name,
						slot,
						moment: "gradient",
						index,
					}),
				)
			: [],
	);
}

function parameterSection(handout: Handout, stage: StageGroup): string {
	if (stage.subject.kind !== "parameter") return "";
	const { source, texts } = handout;
	const { layer, slot, blob } = stage.subject.parameter;
	const at = (moment: ParameterMoment, index: number): ScalarReference => ({
		kind: "parameter",
		iteration: source.trace.iteration,
		layer,
		slot,
		moment,
		index,
	});
	const elements = firstOf(blob.count, WRITTEN_ELEMENTS);
	const { columns } = texts;
	const moments = ["before", "gradient", "update", "after"] as const;
	const rows = elements.map((index) => [
		`$${symbolOf(handout, at("before", index))}$`,
		...moments.map((moment) => numberOf(handout, at(moment, index))),
	]);
	const head = [texts.element, ...moments.map((moment) => columns[moment])].map(latexText);
	return (
		formulas(handout, [at("after", 0)], true) + table(head, rows) + shortened(handout, elements.length, blob.count)
	);
}

function stageText(handout: Handout, phase: StagePhase, stage: StageGroup): string {
	const { source } = handout;
	const { iteration } = source.trace;
	const pass = phase.pass ?? source.trace.passes.length - 1;
	const { subject } = stage;
	switch (subject.kind) {
		case "input":
			return givenTable(handout, subject.groups, pass);
		case "decay":
			return formulas(handout, [
				{ kind: "loss", iteration, pass, part: "decay" },
				{ kind: "loss", iteration, pass, part: "total" },
			]);
		case "clip":
			return formulas(handout, [
				{ kind: "solver", iteration, name: "clipNorm" },
				{ kind: "solver", iteration, name: "clipScale" },
			]);
		case "again":
			return formulas(handout, [{ kind: "loss", iteration, pass: "again", part: "total" }]);
		case "parameter":
			return parameterSection(handout, stage);
		case "group": {
			const { group } = subject;
			if (phase.name === "loss") return formulas(handout, lossSubjects(handout, group, pass));
			if (phase.name === "gradients") return formulas(handout, gradientSubjects(handout, group));
			const side = phase.name === "backward" ? "diff" : "data";
			const units = shortened(handout, Math.min(group.units, WRITTEN_UNITS), group.units);
			return formulas(handout, unitSubjects(handout, group, pass, side)) + units;
		}
	}
}

function stageTitle(stage: StageGroup, texts: Texts): string {
	switch (stage.subject.kind) {
		case "input":
			return texts.data;
		case "group":
			return `${stage.subject.group.head.name} (${stage.subject.group.head.type})`;
		case "parameter":
			return `${stage.subject.parameter.layer}: ${texts.parameters}`;
		default:
			return "";
	}
}

/** Chinese needs its own class and XeLaTeX; what is written in ASCII compiles with any LaTeX. */
function preamble(language: LanguageId): string {
	const isChinese = language === "zh-CN";
	return [
		...(isChinese ? ["% !TEX program = xelatex"] : []),
		`\\documentclass[10pt]{${isChinese ? "ctexart" : "article"}}`,
		...(isChinese ? [] : ["\\usepackage[T1]{fontenc}", "\\usepackage[utf8]{inputenc}"]),
		"\\usepackage{amsmath}",
		"\\usepackage[a4paper,margin=25mm]{geometry}",
		"\\allowdisplaybreaks",
		"\\setlength{\\parindent}{0pt}",
	].join("\n");
}

/**
 * The whole iteration as a worked example, a part a stage: a section a phase, formulas with numbers, tables of the
 * parameters.
 */
export function* iterationHandout(source: ExportSource, options: HandoutOptions): Generator<TextPart> {
	const handout: Handout = { ...options, source };
	const { texts, sample } = options;
	const { notation } = source.explain;
	const { name, firstIndex } = notations[notation];
	const passes = source.trace.passes.length;
	const title = latexText(texts.title(source.title, source.trace.iteration));
	const of = source.timeline.groups.length;
	let done = 0;
	const head = [
		preamble(options.language),
		"\\begin{document}",
		`\\section*{\\LARGE ${title}}`,
		`${latexText(texts.intro(name))} ${latexText(texts.sample(String(sample + firstIndex)))}`,
	];
	yield { text: head.join("\n\n"), done, of };
	for (const phase of source.timeline.phases) {
		const note = passes > 1 && phase.pass !== null ? texts.pass(phase.pass + 1, passes) : "";
		yield { text: `\n\n\\section*{${latexText(texts.phases[phase.name] + note)}}`, done, of };
		for (const stage of phase.groups) {
			const stageHead = stageTitle(stage, texts);
			const subsection = stageHead === "" ? "" : `\\subsection*{${latexText(stageHead)}}\n`;
			yield { text: `\n${subsection}${stageText(handout, phase, stage)}`, done: ++done, of };
		}
	}
	yield { text: "\n\n\\end{document}\n", done, of };
}
