import { type PresetId, presetIds } from "../data/preset.ts";
import { decodeState } from "../formats/link/codec.ts";
import { readParameters } from "../formats/link/read-parameters.ts";
import { stateOfLink } from "../formats/link/state-of-link.ts";
import { said } from "./said.ts";

/** The experiments whose data lie in their own pages only, not in those of the others. */
const WITH_DATA: readonly PresetId[] = ["digits", "autoencoder", "lenet"];

/** The preset that a link is about; undefined where it names none or is damaged, which is told elsewhere. */
async function presetOf(search: string, hash: string): Promise<string | undefined> {
	const state = stateOfLink(search, hash);
	if (state === undefined) return readParameters(search).values.preset;
	return decodeState(state).then(
		({ preset }) => preset,
		() => undefined,
	);
}

/**
 * Where a link is to be opened instead, if the page that it has reached lacks the data for it: the preset's own page
 * beside this one. Null where the data are here, and where nothing is known to lie beside it, as from a file.
 */
export async function ownPage(document: Document, { protocol, search, hash }: Location): Promise<string | null> {
	const home = said(document, "page");
	if (!/^https?:$/.test(protocol) || home === undefined || URL.canParse(home)) return null;
	const asked = await presetOf(search, hash);
	const preset = presetIds.find((id) => id === asked);
	if (preset === undefined || preset === said(document, "preset") || !WITH_DATA.includes(preset)) return null;
	const url = new URL(`v1/embed/${preset}/`, new URL(home, document.baseURI));
	return url.href + search + hash;
}
