import { SETTINGS_ID } from "../written-settings.ts";
import { type Address, urlOf } from "./address.ts";

/** JSON inside HTML: nothing in it may end the element. */
const inHtml = (json: string) => json.replaceAll("<", "\\u003c");

export interface CopySettings {
	readonly address: Address;
	readonly title: string;
	/** Where the whole page lies: the copy lies elsewhere. */
	readonly home: string;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The embedded page as one file with the settings inside, to be opened by a double click. */
export function configuredCopy(page: string, { address, title, home }: CopySettings): string {
	const { search, hash } = new URL(urlOf("https://settings.invalid/", address));
	const settings = inHtml(JSON.stringify({ query: search, fragment: hash }));
	const element = `<script type="application/json" id="${SETTINGS_ID}">${settings}</script>`;
	const named = page
		.replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
		.replace(/(<meta name="deltascope-page" content=")[^"]*/, (_, start) => start + escaped(home));
	return named.replace(/<body[^>]*>/, (body) => `${body}${element}`);
}
