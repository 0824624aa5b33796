interface FontFile {
	readonly family: string;
	readonly file: string;
	readonly weight: string;
	readonly unicodeRange?: string;
}

const SYMBOLS =
	"U+00B2-00B3, U+00B9, U+2070-209C, U+2113, U+2190, U+2192, U+2194, U+2200-2211, U+221A, U+221E, U+2248, U+2260-2265, U+25B2-25C6, U+2713-2717";
const GREEK = "U+0391-03C9";
const LATIN =
	"U+0020-007E, U+00A0-00B1, U+00B4-00B8, U+00BA-00FF, U+2010-2015, U+2018-2022, U+2026, U+2030-2033, U+2039-203A, U+2044, U+2191, U+2193, U+2212, U+2215";

export const fontFiles: readonly FontFile[] = [
	{ family: "Inter", file: "inter-latin.woff2", weight: "100 900", unicodeRange: LATIN },
	{ family: "Inter", file: "inter-greek.woff2", weight: "100 900", unicodeRange: GREEK },
	{ family: "Inter", file: "inter-symbols-400.woff2", weight: "100 500", unicodeRange: SYMBOLS },
	{ family: "Inter", file: "inter-symbols-600.woff2", weight: "501 900", unicodeRange: SYMBOLS },
	{ family: "STIX Two Math", file: "stix-two-math.woff2", weight: "400" },
];

/**
 * Fetches the page's fonts; to be called after the first paint. They are added together, so that the text is laid out
 * anew once at most. A font that cannot be fetched (from a file, without a network) leaves its fallback in place.
 *
 * @returns the families of the faces that arrived.
 */
export async function loadFonts(base = `${import.meta.env.BASE_URL}fonts/`): Promise<readonly string[]> {
	const loading = fontFiles.map(({ family, file, weight, unicodeRange }) =>
		new FontFace(family, `url("${base}${file}") format("woff2")`, {
			weight,
			...(unicodeRange ? { unicodeRange } : {}),
		}).load(),
	);
	const arrived: FontFace[] = [];
	for (const result of await Promise.allSettled(loading)) {
		if (result.status === "fulfilled") arrived.push(result.value);
	}
	for (const face of arrived) document.fonts.add(face);
	return arrived.map(({ family }) => family);
}
