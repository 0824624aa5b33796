import { formatNumber } from "../../explain/number-text.ts";
import { WeightsError, type WeightsProblem } from "../../formats/caffemodel/problem.ts";
import { ImportError, type ImportProblem } from "../../formats/import/problem.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { errorText } from "../../store/problem-text.ts";

type Texts = Catalogue["imports"]["problems"];

/** Names as one reads them in a sentence, the first few. */
export function namesText(names: readonly string[]): string {
	const shown = names.slice(0, 6).map((name) => `“${name}”`);
	return [...shown, ...(names.length > shown.length ? ["…"] : [])].join(", ");
}

function importText(texts: Texts, problem: ImportProblem): string {
	switch (problem.code) {
		case "file-too-large":
			return texts.fileTooLarge(formatNumber(problem.found), formatNumber(problem.limit));
		case "unknown-kind":
			return texts.unknownKind;
		case "not-json":
			return texts.notJson(problem.line, problem.column);
		case "csv-empty":
			return texts.csvEmpty;
		case "csv-quote":
			return texts.csvQuote(problem.line);
		case "csv-width":
			return texts.csvWidth(problem.line, formatNumber(problem.expected), formatNumber(problem.found));
		case "csv-number":
			return texts.csvNumber(problem.line, problem.column, problem.name, problem.found);
		case "csv-class":
			return texts.csvClass(problem.line, problem.name);
		case "csv-cells":
			return texts.csvCells(formatNumber(problem.found), formatNumber(problem.limit));
		case "csv-classes":
			return texts.csvClasses(problem.name, formatNumber(problem.found), formatNumber(problem.limit));
		case "csv-roles":
			return problem.missing === "input" ? texts.csvInput : texts.csvTarget;
		case "weights-none":
			return texts.weightsNone(namesText(problem.names));
		case "npz-broken":
			return texts.npzBroken;
		case "npy-header":
			return texts.npyHeader(problem.name);
		case "npy-type":
			return texts.npyType(problem.name, problem.found);
		case "npy-length":
			return texts.npyLength(problem.name, formatNumber(problem.expected), formatNumber(problem.found));
	}
}

function weightsText(texts: Texts, problem: WeightsProblem): string {
	switch (problem.code) {
		case "not-weights":
			return texts.notWeights;
		case "weights-too-long":
			return texts.fileTooLarge(formatNumber(problem.found), formatNumber(problem.limit));
		case "blob-count":
			return texts.blobCount(problem.layer, problem.slot, formatNumber(problem.expected), formatNumber(problem.found));
		case "layer-shape":
			return texts.layerShape(problem.layer, problem.slot, problem.expected, problem.found);
	}
}

/** Why something could not be opened, as a sentence: what is wrong, and where. */
export function refusalOf(catalogue: Catalogue, error: unknown): string {
	const texts = catalogue.imports.problems;
	if (error instanceof ImportError) return importText(texts, error.problem);
	if (error instanceof WeightsError) return weightsText(texts, error.problem);
	return errorText(catalogue, error);
}
