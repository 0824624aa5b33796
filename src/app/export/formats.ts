import type { NumberFormat } from "../../explain/number-text.ts";
import type { Subject } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { LanguageId } from "../../i18n/languages.ts";
import type { View } from "../../store/view.ts";
import { stageLine } from "../../views/timeline/names.ts";
import type { FileId, FileOrder } from "./file-order.ts";
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
	/** Its text, where it is one that can be copied. */
	readonly text: (() => Promise<string>) | null;
	readonly notes: readonly string[];
}

interface Format {
	readonly id: FormatId;
	readonly group: GroupId;
	/** Whether it is text that can be copied. */
	readonly isText: boolean;
	make(wish: Wish, task: Task): Promise<Made>;
}

/** A longer text is a file only: too long to hold in one piece, and to paste. In bytes. */
const MOST_COPIED = 2 ** 23;

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
		text: typeof content === "string" ? async () => content : null,
		notes,
	};
}

/** What is written from the iteration's numbers: in a thread of its own, or where there may be none in this one. */
function written(id: FileId, group: GroupId, isText: boolean, word: string): Format {
	return {
		id,
		group,
		isText,
		async make(wish, task) {
			const { view, title, text, language, format } = wish;
			const { trace, notation, sample } = view;
			const net = view.timeline.structure.net.specification;
			const order: FileOrder = { id, net, trace, notation, title, language, format, sample };
			const thread = await import("./file-thread.ts").then(({ openFileThread }) => openFileThread()).catch(() => null);
			const { writeFile } = await import("./write-file.ts");
			const { ending, content, notes } =
				thread === null
					? await writeFile(order, { exporting: text.exporting, more: text.tables.more }, task)
					: await thread.write(order, task);
			const canCopy = isText && ending !== "zip" && content.size <= MOST_COPIED;
			return { ...made(wish, word, ending, content, notes), text: canCopy ? () => content.text() : null };
		},
	};
}

async function pictureSet({ view, text, title, theme }: Wish) {
	const { pictureOf, openCamera } = await import("./picture.ts");
	const element = document.querySelector("[data-part=stage]");
	if (!(element instanceof HTMLElement)) throw new Error("no picture");
	const stage = stageLine(text, view.timeline.structure, view.node, view.notation);
	const texts = { title: text.picture.title(title, stage), description: text.app.summary(stage) };
	return {
		texts,
		picture: () => pictureOf(element, { theme, ...texts }),
		openCamera: () => openCamera(element, theme),
	};
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
	written("numpy", "code", true, "-numpy"),
	written("pytorch", "code", true, "-pytorch"),
	written("caffe", "code", false, "-caffe"),
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
	written("handout", "iteration", true, "-handout"),
	written("csv", "iteration", true, ""),
	written("json", "iteration", true, ""),
	written("npz", "weights", false, "-weights"),
	written("weightsJson", "weights", true, "-weights"),
	{
		id: "svg",
		group: "picture",
		isText: true,
		make: async (wish) => made(wish, "", "svg", (await pictureSet(wish)).picture().svg),
	},
	{
		id: "png",
		group: "picture",
		isText: false,
		async make(wish) {
			const [{ picture }, { pngOf }] = await Promise.all([pictureSet(wish), import("./pixels.ts")]);
			return made(wish, "", "png", await pngOf(picture()));
		},
	},
	{
		id: "gif",
		group: "picture",
		isText: false,
		async make(wish, task) {
			const [set, { gifOf }, { stageFilm }] = await Promise.all([
				pictureSet(wish),
				import("./gif.ts"),
				import("./film.ts"),
			]);
			return made(wish, "-stage", "gif", await gifOf(stageFilm(set), task));
		},
	},
	{
		id: "gifIteration",
		group: "picture",
		isText: false,
		async make(wish, task) {
			const [set, { gifOf }, { iterationFilm }] = await Promise.all([
				pictureSet(wish),
				import("./gif.ts"),
				import("./film.ts"),
			]);
			return made(wish, "", "gif", await gifOf(iterationFilm(wish.view.timeline, set), task));
		},
	},
];
