import { formatNumber, type NumberFormat } from "../../explain/number-text.ts";
import type { Subject } from "../../explain/reading.ts";
import type { ScriptFile } from "../../formats/export/archive.ts";
import type { TextPart } from "../../formats/export/parts.ts";
import type { Script } from "../../formats/export/python/script.ts";
import type { ExportSource } from "../../formats/export/source.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { LanguageId } from "../../i18n/languages.ts";
import type { View } from "../../store/view.ts";
import { stageLine } from "../../views/timeline/names.ts";
import type { PictureTheme } from "./picture.ts";
import type { Task } from "./task.ts";

export type FormatId = keyof Catalogue["exporting"]["formats"];
export type GroupId = keyof Catalogue["exporting"]["groups"];

/** All that decides what a file holds. */
export interface Wish {
	readonly view: View;
	readonly inspected: Subject | null;
	readonly title: string;
	readonly text: Catalogue;
	readonly language: LanguageId;
	readonly format: NumberFormat;
	/** Null: as on the screen. */
	readonly theme: PictureTheme | null;
}

/** A file that is ready, with what a reader should know of it. */
export interface Made {
	readonly name: string;
	readonly type: string;
	readonly content: string | Uint8Array<ArrayBuffer> | Blob;
	readonly notes: readonly string[];
}

interface Format {
	readonly id: FormatId;
	readonly group: GroupId;
	/** Whether it is text that can be copied. */
	readonly isText: boolean;
	make(wish: Wish, task: Task): Promise<Made>;
}

/** Of an iteration with more numbers than this there is no table with a line for each. */
const MOST_LINES = 10_000_000;
/** A longer text is a file only: too long to hold in one piece, and to paste. */
const MOST_COPIED = 2 ** 25;

const TYPES = {
	py: "text/x-python",
	tex: "application/x-tex",
	csv: "text/csv",
	json: "application/json",
	mml: "application/mathml+xml",
	svg: "image/svg+xml",
	png: "image/png",
	gif: "image/gif",
	npz: "application/octet-stream",
	zip: "application/zip",
} as const;

function made(
	{ view }: Wish,
	word: string,
	ending: keyof typeof TYPES,
	content: string | Uint8Array | Blob,
	notes: Made["notes"] = [],
): Made {
	const name = `deltascope-${view.experiment.preset}-i${view.cursor.iteration}${word}.${ending}`;
	return {
		name,
		type: TYPES[ending],
		content: content instanceof Uint8Array ? new Uint8Array(content) : content,
		notes,
	};
}

const sourceOf = ({ view, title }: Wish): ExportSource => ({
	trace: view.trace,
	timeline: view.timeline,
	explain: view.explain,
	title,
});
const iterationOf = ({ view, title }: Wish) => ({ net: view.timeline.structure.net, trace: view.trace, title });

const named = (layers: Script["leftOut"]) => layers.map(({ layer, type }) => `${layer} (${type})`).join(", ");

async function script(
	wish: Wish,
	word: string,
	{ text, numbers, leftOut }: Script,
	more: readonly string[] = [],
): Promise<Made> {
	const texts = wish.text.exporting;
	const notes = [...(leftOut.length === 0 ? [] : [texts.leftOut(named(leftOut))]), ...more];
	if (numbers === null) return made(wish, `-${word}`, "py", text, notes);
	const { textFile, writeArchive, writeNpz } = await import("../../formats/export/archive.ts");
	const files: readonly ScriptFile[] = [
		textFile(`${word}.py`, text),
		{ name: "numbers.npz", bytes: writeNpz(numbers) },
	];
	return made(wish, `-${word}`, "zip", writeArchive(files), [...notes, texts.beside("numbers.npz")]);
}

/** A text that is made in parts: as one where it may be copied, else as a file. */
async function longText(parts: Iterable<TextPart>, task: Task): Promise<string | Blob> {
	const { inParts } = await import("./in-parts.ts");
	const texts = await inParts(parts, task);
	const length = texts.reduce((total, text) => total + text.length, 0);
	return length > MOST_COPIED ? new Blob(texts) : texts.join("");
}

async function picture({ view, text, title, theme }: Wish) {
	const { pictureOf } = await import("./picture.ts");
	const element = document.querySelector("[data-part=stage]");
	if (!(element instanceof HTMLElement)) throw new Error("no picture");
	const look = () => {
		const stage = stageLine(text, view.timeline.structure, view.node, view.notation);
		return pictureOf(element, {
			theme,
			title: text.picture.title(title, stage),
			description: text.app.summary(stage),
		});
	};
	return look;
}

async function formula(wish: Wish, write: "latexFormula" | "mathmlFormula"): Promise<string> {
	const [{ stageFormulas }, formulas] = await Promise.all([
		import("./stage-formula.ts"),
		import("../../formats/export/formulas.ts"),
	]);
	const { formulas: set, texts } = stageFormulas(wish.view, wish.inspected, wish.format);
	return set.map((one) => formulas[write](one, texts)).join("\n");
}

/** Everything that can be taken along, in the order of the dialog. Adding one is its entry here and its two texts. */
export const formats: readonly Format[] = [
	{
		id: "numpy",
		group: "code",
		isText: true,
		async make(wish) {
			const { numpyScript } = await import("../../formats/export/numpy.ts");
			return script(wish, "numpy", numpyScript(iterationOf(wish), wish.text.exporting.code));
		},
	},
	{
		id: "pytorch",
		group: "code",
		isText: true,
		async make(wish) {
			const { pytorchScript } = await import("../../formats/export/pytorch.ts");
			const { inexact, ...rest } = pytorchScript(iterationOf(wish), wish.text.exporting.code);
			const notes = inexact.length === 0 ? [] : [wish.text.exporting.inexact(named(inexact))];
			return script(wish, "pytorch", rest, notes);
		},
	},
	{
		id: "caffe",
		group: "code",
		isText: false,
		async make(wish) {
			const [{ caffeFiles }, { writeArchive }] = await Promise.all([
				import("../../formats/export/caffe.ts"),
				import("../../formats/export/archive.ts"),
			]);
			const { net, trace } = iterationOf(wish);
			const { files, rounded } = caffeFiles(net, trace, wish.text.exporting.code);
			const notes = rounded.length === 0 ? [] : [wish.text.exporting.rounded(rounded.join(", "))];
			return made(wish, "-caffe", "zip", writeArchive(files), notes);
		},
	},
	{
		id: "latexFormula",
		group: "formula",
		isText: true,
		make: async (wish) => made(wish, "-formula", "tex", await formula(wish, "latexFormula")),
	},
	{
		id: "mathml",
		group: "formula",
		isText: true,
		make: async (wish) => made(wish, "-formula", "mml", await formula(wish, "mathmlFormula")),
	},
	{
		id: "handout",
		group: "iteration",
		isText: true,
		async make(wish) {
			const { iterationHandout } = await import("../../formats/export/handout.ts");
			const { language, format, view, text } = wish;
			const options = { texts: text.exporting.handout, language, format, sample: view.sample };
			return made(wish, "-handout", "tex", iterationHandout(sourceOf(wish), options));
		},
	},
	{
		id: "csv",
		group: "iteration",
		isText: true,
		async make(wish, task) {
			const [{ iterationCsv }, { countScalars }] = await Promise.all([
				import("../../formats/export/iteration-csv.ts"),
				import("../../formats/export/scalars.ts"),
			]);
			const count = countScalars(wish.view.trace, wish.view.timeline.structure);
			if (count > MOST_LINES) throw new Error(wish.text.exporting.tooMany(formatNumber(MOST_LINES, wish.format)));
			const texts = { columns: wish.text.exporting.csv, more: wish.text.tables.more };
			const parts = iterationCsv(sourceOf(wish), wish.format, texts);
			return made(wish, "", "csv", await longText(parts, task));
		},
	},
	{
		id: "json",
		group: "iteration",
		isText: true,
		async make(wish, task) {
			const { iterationJson } = await import("../../formats/export/iteration-json.ts");
			return made(wish, "", "json", await longText(iterationJson(sourceOf(wish)), task));
		},
	},
	{
		id: "npz",
		group: "weights",
		isText: false,
		async make(wish) {
			const { weightsNpz } = await import("../../formats/export/weights.ts");
			const { net, trace } = iterationOf(wish);
			return made(wish, "-weights", "npz", weightsNpz(net, trace));
		},
	},
	{
		id: "weightsJson",
		group: "weights",
		isText: true,
		async make(wish) {
			const { weightsJson } = await import("../../formats/export/weights.ts");
			const { net, trace } = iterationOf(wish);
			return made(wish, "-weights", "json", weightsJson(net, trace));
		},
	},
	{
		id: "svg",
		group: "picture",
		isText: true,
		make: async (wish) => made(wish, "", "svg", (await picture(wish))().svg),
	},
	{
		id: "png",
		group: "picture",
		isText: false,
		async make(wish) {
			const [look, { pngOf }] = await Promise.all([picture(wish), import("./pixels.ts")]);
			return made(wish, "", "png", await pngOf(look()));
		},
	},
	{
		id: "gif",
		group: "picture",
		isText: false,
		async make(wish, task) {
			const [look, { gifOf }, { stageFilm }] = await Promise.all([
				picture(wish),
				import("./gif.ts"),
				import("./film.ts"),
			]);
			return made(wish, "-stage", "gif", await gifOf(stageFilm(look), task));
		},
	},
	{
		id: "gifIteration",
		group: "picture",
		isText: false,
		async make(wish, task) {
			const [look, { gifOf }, { iterationFilm }] = await Promise.all([
				picture(wish),
				import("./gif.ts"),
				import("./film.ts"),
			]);
			return made(wish, "", "gif", await gifOf(iterationFilm(wish.view.timeline, look), task));
		},
	},
];
