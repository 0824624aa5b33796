import { useMemo, useState } from "react";
import { formatNumber } from "../explain/number-text.ts";
import { type CsvForm, readCsv } from "../formats/import/csv.ts";
import { guessRoles, type Role, samplesOf } from "../formats/import/csv-samples.ts";
import { ImportError } from "../formats/import/problem.ts";
import { LARGEST_FILE, type Recognised, recognise, recogniseText } from "../formats/import/recognise.ts";
import { FormatError } from "../formats/prototxt/index.ts";
import type { Catalogue } from "../i18n/catalogue.ts";
import { useSession, useText } from "../store/hooks.ts";
import { CloseIcon } from "./icons.tsx";
import { CsvPart } from "./import/csv-part.tsx";
import { fitsTarget, type Note, sampleTarget, unitsFor } from "./import/experiments.ts";
import { Given } from "./import/given.tsx";
import styles from "./import/import.module.css";
import { Notes } from "./import/notes.tsx";
import { openParts, type Part, PartError, withPart } from "./import/open-parts.ts";
import { refusalOf } from "./import/refusal.ts";
import { type AskedShape, ShapeField, shapeOf } from "./import/shape-field.tsx";
import { closeDialog } from "./page-store.ts";

interface Refusal {
	readonly part: string | null;
	readonly error: unknown;
}

/** One's own files: chosen, dropped or pasted; what is not known of them is asked, what cannot be is said. */
export default function ImportDialog() {
	const text = useText();
	const { imports } = text;
	const experiment = useSession(({ run }) => run?.experiment ?? null);
	const [parts, setParts] = useState<readonly Part[]>([]);
	const [form, setForm] = useState<CsvForm | null>(null);
	const [chosenRoles, setRoles] = useState<readonly Role[] | null>(null);
	const [asked, setAsked] = useState<readonly AskedShape[]>([]);
	const [refusal, setRefusal] = useState<Refusal | null>(null);
	const [notes, setNotes] = useState<readonly Note[] | null>(null);
	const [opening, setOpening] = useState(false);

	const add = (name: string, content: Recognised) => {
		setParts((known) => withPart(known, { name, content }));
		if (content.kind === "csv") {
			setForm(null);
			setRoles(null);
		}
		if (content.kind === "net") setAsked([]);
	};

	async function addFiles(files: Iterable<File>) {
		setRefusal(null);
		for (const file of files) {
			try {
				if (file.size > LARGEST_FILE) {
					throw new ImportError({ code: "file-too-large", found: file.size, limit: LARGEST_FILE });
				}
				add(file.name, recognise(new Uint8Array(await file.arrayBuffer()), file.name));
			} catch (error) {
				setRefusal({ part: file.name, error });
			}
		}
	}

	function addText(pasted: string) {
		setRefusal(null);
		try {
			add(imports.pasted, recogniseText(pasted));
		} catch (error) {
			setRefusal({ part: imports.pasted, error });
		}
	}

	const csv = parts.find(({ content }) => content.kind === "csv");
	// The net that is about to be opened may take the samples too: then roles are guessed without one.
	const target = useMemo(
		() =>
			experiment === null || parts.some(({ content }) => content.kind === "net") ? null : sampleTarget(experiment),
		[experiment, parts],
	);
	const read = useMemo(() => {
		if (csv?.content.kind !== "csv") return null;
		try {
			const table = readCsv(csv.content.text, form ?? {});
			return { table, guessed: guessRoles(table, target), error: null };
		} catch (error) {
			return { table: null, guessed: [], error };
		}
	}, [csv, form, target]);
	const roles = chosenRoles ?? read?.guessed ?? [];
	const samples = useMemo(() => {
		if (read?.table == null) return { samples: null, error: read?.error ?? null };
		try {
			return { samples: samplesOf(read.table, chosenRoles ?? read.guessed), error: null };
		} catch (error) {
			return { samples: null, error };
		}
	}, [read, chosenRoles]);

	async function open() {
		setRefusal(null);
		const shapes = asked.map(({ top, text: typed }) => [top, shapeOf(typed), typed] as const);
		if (shapes.some(([, shape]) => shape === null)) return;
		setOpening(true);
		try {
			const told = await openParts(parts, {
				samples: samples.samples,
				shapes: Object.fromEntries(shapes.map(([top, shape]) => [top, shape ?? []])),
			});
			if (told.length === 0) closeDialog();
			else setNotes(told);
		} catch (error) {
			const cause = error instanceof PartError ? error.cause : error;
			const problem = cause instanceof FormatError ? cause.problem : null;
			if (problem?.code === "shape-needed" && problem.batch > 0 && !asked.some(({ top }) => top === problem.top)) {
				setAsked([...asked, { layer: problem.layer, top: problem.top, text: "" }]);
			} else {
				setRefusal({ part: error instanceof PartError ? error.part : null, error: cause });
			}
		} finally {
			setOpening(false);
		}
	}

	if (notes !== null) return <Notes notes={notes} />;

	const told =
		samples.samples === null || parts.some(({ content }) => content.kind === "net")
			? ""
			: fitsTarget(samples.samples, target)
				? imports.csv.fits
				: imports.csv.newNet(unitsFor(samples.samples).join("–"));
	const shown: Refusal | null =
		refusal ?? (samples.error === null || csv === undefined ? null : { part: csv.name, error: samples.error });

	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way of three; the button and the field are the others
		<div
			className={styles.imported}
			onDragOver={(event) => event.preventDefault()}
			onDrop={(event) => {
				event.preventDefault();
				void addFiles(event.dataTransfer.files);
			}}
		>
			<p>{imports.intro}</p>
			<Given onFiles={(files) => void addFiles(files)} onText={addText} />
			{parts.length > 0 && (
				<ul className={styles.parts}>
					{parts.map((part) => (
						<li key={part.content.kind}>
							<b>{imports.kinds[part.content.kind]}</b>
							<span>{part.name}</span>
							<i>{sizeText(text, part.content)}</i>
							<button
								type="button"
								className="button"
								data-variant="quiet"
								aria-label={imports.remove(part.name)}
								onClick={() => {
									setParts(parts.filter((other) => other !== part));
									setRefusal(null);
									if (part.content.kind === "net") setAsked([]);
								}}
							>
								<CloseIcon />
							</button>
						</li>
					))}
				</ul>
			)}
			{read?.table != null && (
				<CsvPart
					table={read.table}
					roles={roles}
					told={told}
					onForm={(next) => {
						setForm(next);
						setRoles(null);
					}}
					onRoles={setRoles}
				/>
			)}
			{asked.map((one) => (
				<ShapeField
					key={one.top}
					asked={one}
					onChange={(typed) =>
						setAsked(asked.map((other) => (other.top === one.top ? { ...one, text: typed } : other)))
					}
				/>
			))}
			{shown !== null && (
				<p role="alert" className={styles.refusal}>
					{shown.part !== null && imports.problems.in(shown.part)}
					{refusalOf(text, shown.error)}
				</p>
			)}
			<div className={styles.actions}>
				<button
					type="button"
					className="button"
					data-variant="primary"
					aria-disabled={parts.length === 0 || opening || samples.error !== null}
					onClick={() => {
						if (parts.length > 0 && !opening && samples.error === null) void open();
					}}
				>
					{opening ? imports.opening : imports.open}
				</button>
				<button type="button" className="button" onClick={() => closeDialog()}>
					{imports.cancel}
				</button>
			</div>
		</div>
	);
}

function sizeText({ imports }: Catalogue, content: Recognised): string {
	return "bytes" in content
		? imports.bytes(formatNumber(content.bytes.length))
		: imports.lines(formatNumber(content.text.trimEnd().split("\n").length));
}
