const WIDTH = 720;
const HEIGHT = 390;
/** More units of a layer than this are not told apart in a picture of this size. */
const MOST = 6;

interface Point {
	readonly x: number;
	readonly y: number;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function column(units: number, place: number, columns: number): readonly Point[] {
	const shown = Math.min(units, MOST);
	const x = Math.round(((place + 0.5) * WIDTH) / columns);
	return Array.from({ length: shown }, (_, unit) => ({ x, y: Math.round(((unit + 0.5) * HEIGHT) / shown) }));
}

/** A network as one sees it from afar: its units and what runs between them, in the text's own colour. */
export function poster(units: readonly number[], name: string): string {
	const columns = units.map((count, place) => column(count, place, units.length));
	const edges = columns
		.slice(1)
		.flatMap((to, place) =>
			columns[place].flatMap((from) =>
				to.map(({ x, y }) => `M${from.x} ${from.y}C${(from.x + x) / 2} ${from.y} ${(from.x + x) / 2} ${y} ${x} ${y}`),
			),
		);
	const discs = columns.flat().map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="20"/>`);
	return [
		`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(name)}" fill="none" stroke="currentColor" xmlns="http://www.w3.org/2000/svg">`,
		`<title>${escaped(name)}</title>`,
		`<path d="${edges.join("")}" opacity=".25" stroke-width="2"/>`,
		`<g fill="canvas" stroke-width="1.5">${discs.join("")}</g>`,
		"</svg>",
	].join("");
}
