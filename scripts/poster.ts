const WIDTH = 720;
const HEIGHT = 390;
/** More units of a layer than this are not told apart in a picture of this size. */
const MOST = 6;

export interface Point {
	readonly x: number;
	readonly y: number;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function column(units: number, place: number, columns: number): readonly Point[] {
	const shown = Math.min(units, MOST);
	const x = Math.round(((place + 0.5) * WIDTH) / columns);
	return Array.from({ length: shown }, (_, unit) => ({ x, y: Math.round(((unit + 0.5) * HEIGHT) / shown) }));
}

/** A network as one sees it from afar: its units and what runs between them. */
export interface Poster {
	readonly width: number;
	readonly height: number;
	readonly discs: readonly Point[];
	readonly edges: readonly { readonly from: Point; readonly to: Point }[];
}

export const RADIUS = 20;
export const DISC_STROKE = 1.5;
export const EDGE_STROKE = 2;
export const EDGE_OPACITY = 0.25;

export function posterOf(units: readonly number[]): Poster {
	const columns = units.map((count, place) => column(count, place, units.length));
	const edges = columns
		.slice(1)
		.flatMap((ends, place) => columns[place].flatMap((from) => ends.map((to) => ({ from, to }))));
	return { width: WIDTH, height: HEIGHT, discs: columns.flat(), edges };
}

/** Where an edge's two handles lie: it leaves and arrives level. */
export const handleOf = (from: Point, to: Point) => (from.x + to.x) / 2;

/**
 * A poster as SVG: in the text's own colour where it stands in a page, in its own as a file.
 * @param colours the file's ink and paper; null inside a page
 */
export function posterSvg(
	{ width, height, discs, edges }: Poster,
	name: string,
	colours: { readonly ink: string; readonly paper: string } | null,
): string {
	const { ink, paper } = colours ?? { ink: "currentColor", paper: "canvas" };
	const lines = edges.map(({ from, to }) => {
		const handle = handleOf(from, to);
		return `M${from.x} ${from.y}C${handle} ${from.y} ${handle} ${to.y} ${to.x} ${to.y}`;
	});
	const circles = discs.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="${RADIUS}"/>`);
	return [
		`<svg${colours === null ? "" : ` width="${width}" height="${height}"`} viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(name)}" fill="none" stroke="${ink}" xmlns="http://www.w3.org/2000/svg">`,
		`<title>${escaped(name)}</title>`,
		colours === null ? "" : `<rect width="100%" height="100%" fill="${paper}" stroke="none"/>`,
		`<path d="${lines.join("")}" opacity="${EDGE_OPACITY}" stroke-width="${EDGE_STROKE}"/>`,
		`<g fill="${paper}" stroke-width="${DISC_STROKE}">${circles.join("")}</g>`,
		"</svg>",
	].join("");
}
