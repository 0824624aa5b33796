import { EngineError, type EngineProblem } from "../engine/problem.ts";
import { formatNumber, type NumberFormat, type TypedNumberProblem } from "../explain/number-text.ts";
import { StateError, type StateProblem } from "../formats/model/problem.ts";
import { FormatError, type FormatProblem } from "../formats/prototxt/problem.ts";
import { capital } from "../i18n/capital.ts";
import type { Catalogue } from "../i18n/catalogue.ts";

/** Whatever the program refuses on purpose. */
export type Problem = EngineProblem | FormatProblem | TypedNumberProblem;

type Texts = Catalogue["problems"];

const NUMBER = "([-\\d.e+]+)";
const RANGE = new RegExp(`^(integer|number) ${NUMBER} … ${NUMBER}$`);
const LEAST = new RegExp(`^(integer|number) ≥ ${NUMBER}$`);
const MOST = new RegExp(`^(integer|number) ≤ ${NUMBER}$`);

/** What was expected, as schemas and limits write it (`integer 1 … 256`), in the reader's words; the rest as it stands. */
function expectedText({ expected: words, range, least, most }: Texts, expected: string, format: NumberFormat): string {
	const number = (text: string) => formatNumber(Number(text), format);
	const kind = (word: string) => (word === "integer" ? words.integer : words.number);
	const inRange = RANGE.exec(expected);
	if (inRange) return range(kind(inRange[1]), number(inRange[2]), number(inRange[3]));
	const atLeast = LEAST.exec(expected);
	if (atLeast) return least(kind(atLeast[1]), number(atLeast[2]));
	const atMost = MOST.exec(expected);
	if (atMost) return most(kind(atMost[1]), number(atMost[2]));
	const whole = { integer: words.integer, number: words.number, text: words.text, "true or false": words.trueOrFalse };
	return Object.entries(whole).find(([word]) => word === expected)?.[1] ?? expected;
}

/** A refused value as one reads it: numbers formatted, anything else as it stands. */
function foundText(found: string, format: NumberFormat): string {
	return found !== "" && Number.isFinite(Number(found)) ? formatNumber(Number(found), format) : found;
}

/** Layers of the net's file are named; what stands for the solver or the start has no name of its own. */
const UNNAMED = ["solver", "start"];

function enginePlace(texts: Texts, problem: EngineProblem): string {
	const line = "line" in problem && problem.line !== undefined ? texts.line(problem.line) : "";
	return "layer" in problem && !UNNAMED.includes(problem.layer) ? line + texts.layer(problem.layer) : line;
}

function portRange(texts: Texts, minimum: number, maximum: number): string {
	if (minimum === maximum) return texts.exactly(minimum);
	return Number.isFinite(maximum) && maximum < 1000 ? texts.between(minimum, maximum) : texts.atLeast(minimum);
}

const meant = (texts: Texts, near: string | null | undefined) => (near == null ? "" : texts.didYouMean(near));

function engineText(texts: Texts, problem: EngineProblem, format: NumberFormat): string {
	switch (problem.code) {
		case "unknown-layer-type":
			return texts.unknownLayerType(problem.type) + meant(texts, problem.near);
		case "unknown-bottom":
			return texts.unknownBottom(problem.bottom);
		case "duplicate-layer":
			return texts.duplicateLayer;
		case "duplicate-top":
			return texts.duplicateTop(problem.top);
		case "port-count":
			return texts.portCount(
				texts.ports[problem.port],
				portRange(texts, problem.minimum, problem.maximum),
				problem.found,
			);
		case "shape-mismatch":
			return texts.shapeMismatch(problem.what, problem.expected, problem.found);
		case "in-place-refused":
			return texts.inPlaceRefused(problem.top);
		case "setting":
			return texts.setting(
				texts.settings[problem.setting] ?? `“${problem.setting}”`,
				expectedText(texts, problem.expected, format),
				foundText(problem.found, format),
			);
		case "unknown-setting":
			return texts.unknownSetting(problem.setting);
		case "shared-parameter":
			return texts.sharedParameter(problem.parameter, problem.expected, problem.found);
		case "too-large":
			return texts.tooLarge(formatNumber(problem.elements, format), formatNumber(problem.limit, format));
		case "data-shape":
			return texts.dataShape(problem.blob, problem.expected, problem.found);
		case "no-loss":
			return texts.noLoss;
	}
}

function formatText(texts: Texts, problem: FormatProblem, format: NumberFormat): string {
	switch (problem.code) {
		case "unexpected":
			return texts.unexpected(problem.found === "" ? texts.endOfFile : problem.found, problem.expected);
		case "unterminated-string":
			return texts.unterminatedString;
		case "unclosed":
			return texts.unclosed(problem.field);
		case "too-deep":
			return texts.tooDeep(problem.limit);
		case "too-many-fields":
			return texts.tooManyFields(formatNumber(problem.limit, format));
		case "too-long":
			return texts.tooLong(formatNumber(problem.limit, format), formatNumber(problem.found, format));
		case "unknown-field":
			return texts.unknownField(problem.field) + meant(texts, problem.near);
		case "wrong-type":
			return texts.wrongType(problem.field, problem.expected);
		case "shape-needed":
			return texts.shapeNeeded(problem.layer, problem.top, problem.batch);
		case "missing":
			return texts.missing(problem.field);
	}
}

const TYPED = ["empty", "not-a-number", "division-by-zero", "too-large"] as const;

function isTyped(problem: Problem): problem is TypedNumberProblem {
	return TYPED.some((code) => code === problem.code) && !("layer" in problem);
}

function typedText({ typed }: Texts, problem: TypedNumberProblem, format: NumberFormat): string {
	switch (problem.code) {
		case "empty":
			return typed.empty;
		case "not-a-number":
			return typed.notANumber(problem.text.trim().slice(0, 40));
		case "division-by-zero":
			return typed.divisionByZero(problem.text.trim().slice(0, 40));
		case "too-large":
			return typed.tooLarge(problem.text.trim().slice(0, 40), formatNumber(problem.limit, format));
	}
}

const FORMAT_CODES: readonly FormatProblem["code"][] = [
	"unexpected",
	"unterminated-string",
	"unclosed",
	"too-deep",
	"too-many-fields",
	"too-long",
	"unknown-field",
	"wrong-type",
	"shape-needed",
	"missing",
];

function isFormat(problem: EngineProblem | FormatProblem): problem is FormatProblem {
	return FORMAT_CODES.some((code) => code === problem.code);
}

function formatPlace(texts: Texts, problem: FormatProblem): string {
	if (!("line" in problem) || problem.line === undefined) return "";
	return "column" in problem && problem.column !== undefined
		? texts.place(problem.line, problem.column)
		: texts.line(problem.line);
}

/** What is wrong and what is allowed, to be said where it is: beside a field. */
export function refusalText({ problems: texts }: Catalogue, problem: Problem, format: NumberFormat = {}): string {
	if (isTyped(problem)) return typedText(texts, problem, format);
	return capital(isFormat(problem) ? formatText(texts, problem, format) : engineText(texts, problem, format));
}

/** A refusal as a sentence: where it is, what is wrong, what is allowed. */
export function problemText(catalogue: Catalogue, problem: Problem, format: NumberFormat = {}): string {
	const texts = catalogue.problems;
	const sentence = refusalText(catalogue, problem, format);
	if (isTyped(problem)) return sentence;
	return (isFormat(problem) ? formatPlace(texts, problem) : enginePlace(texts, problem)) + sentence;
}

function stateText({ link }: Texts, problem: StateProblem): string {
	switch (problem.code) {
		case "S1":
			return link.cut;
		case "S2":
			return link.changed;
		case "S3":
			return link.newer(problem.made, problem.known);
		case "S4":
			return link.tooLarge(formatNumber(problem.found), formatNumber(problem.limit), link.large[problem.what]);
		case "S5":
			return link.content(problem.path);
	}
}

/** What an error says to a reader: a refusal as its sentence, a fault of the program as its own message. */
export function errorText(catalogue: Catalogue, error: unknown): string {
	if (error instanceof EngineError || error instanceof FormatError) return problemText(catalogue, error.problem);
	if (error instanceof StateError) {
		const cause = error.cause === undefined ? "" : ` ${errorText(catalogue, error.cause)}`;
		return `${error.problem.code}: ${stateText(catalogue.problems, error.problem)}${cause}`;
	}
	return error instanceof Error ? error.message : String(error);
}
