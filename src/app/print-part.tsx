import { type RefCallback, useCallback, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { mathmlFormula } from "../formats/export/formulas.ts";
import { useSession, useText, useView } from "../store/hooks.ts";
import type { View } from "../store/view.ts";
import { useNumberFormat } from "../views/marks/mark-context.ts";
import { NumberText } from "../views/marks/number-text.tsx";
import { type DataTable, nameText } from "../views/tables/data-table.ts";
import { layerTables, parameterTables } from "../views/tables/value-tables.ts";
import { stageLine } from "../views/timeline/names.ts";
import { stagePicture } from "./export/picture.ts";
import { stageFormulas } from "./export/stage-formula.ts";
import { fullPageAddress } from "./full-page-link.tsx";
import { usePage } from "./page-store.ts";
import { experimentTitle } from "./preset-texts.ts";
import { LONGEST_CODE, QrCode } from "./share/qr-code.tsx";
import "./theme/print.css";

/** Rows of a table on paper. */
const MOST_ROWS = 24;

/** What the page is on paper. Made when it is about to be printed, at once: a browser waits for nothing. */
export default function PrintPart() {
	const view = useView();
	const [printing, setPrinting] = useState(false);
	useEffect(() => {
		const media = matchMedia("print");
		const begin = () => flushSync(() => setPrinting(true));
		const end = () => setPrinting(false);
		const change = () => setPrinting(media.matches);
		addEventListener("beforeprint", begin);
		addEventListener("afterprint", end);
		media.addEventListener("change", change);
		return () => {
			removeEventListener("beforeprint", begin);
			removeEventListener("afterprint", end);
			media.removeEventListener("change", change);
		};
	}, []);
	if (!printing || view === null) return null;
	return (
		<section data-paper>
			<Sheet view={view} />
		</section>
	);
}

/** Puts markup that this page has written into an element, as elements: nothing of it is taken for HTML. */
function useMarkup(text: string, type: "image/svg+xml" | "application/xml"): RefCallback<HTMLElement> {
	return useCallback(
		(element) => {
			if (element === null || text === "") return;
			element.replaceChildren(document.importNode(new DOMParser().parseFromString(text, type).documentElement, true));
		},
		[text, type],
	);
}

function Sheet({ view }: { readonly view: View }) {
	const text = useText();
	const format = useNumberFormat();
	const inspected = useSession((state) => state.inspected);
	const title = experimentTitle(text, view.experiment);
	const stage = stageLine(text, view.timeline.structure, view.node, view.notation);
	const [picture] = useState(
		() => stagePicture({ theme: "print", title: text.picture.title(title, stage), description: "" })?.svg ?? "",
	);
	const { formulas, texts } = stageFormulas(view, inspected, format);
	// Of the whole page, in a frame, too: paper is read elsewhere.
	const address = fullPageAddress(usePage((page) => page.link));
	return (
		<>
			<h2>{text.picture.sheet(title, String(view.cursor.iteration), stage)}</h2>
			<Figure markup={picture} type="image/svg+xml" />
			{formulas.map((formula, place) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: formulas stand in a fixed order
				<Figure key={place} markup={mathmlFormula(formula, texts)} type="application/xml" />
			))}
			<div>
				{[...layerTables(view, text.tables), ...parameterTables(view, text.tables)].map((table) => (
					<PaperTable key={table.id} table={table} />
				))}
			</div>
			<footer>
				{address.length <= LONGEST_CODE && <QrCode text={address} label={address} />}
				<span>{address}</span>
			</footer>
		</>
	);
}

function Figure({ markup, type }: { readonly markup: string; readonly type: "image/svg+xml" | "application/xml" }) {
	return <figure ref={useMarkup(markup, type)} />;
}

function PaperTable({ table }: { readonly table: DataTable }) {
	const { tables } = useText();
	const rows = Array.from({ length: Math.min(MOST_ROWS, table.count) }, (_, place) => table.row(place));
	return (
		<table>
			<caption>{table.caption}</caption>
			<thead>
				<tr>
					{table.columns.map((name) => (
						<th key={nameText(name)} scope="col">
							{nameText(name)}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map(({ key, name, entries }) => (
					<tr key={key}>
						<th scope="row">{nameText(name)}</th>
						{entries.map((entry, place) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: a row's columns stand in a fixed order
							<td key={place}>
								{typeof entry === "string"
									? entry
									: entry.map((reading) => <NumberText key={reading.id} reading={reading} />)}
							</td>
						))}
					</tr>
				))}
				{table.count > MOST_ROWS && (
					<tr>
						<th scope="row" colSpan={table.columns.length}>
							{tables.more(table.count - MOST_ROWS)}
						</th>
					</tr>
				)}
			</tbody>
		</table>
	);
}
