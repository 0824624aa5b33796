import { SETTINGS_ID } from "../written-settings.ts";
import { type Address, urlOf } from "./address.ts";

/** JSON inside HTML: nothing in it may end the element. */
const inHtml = (json: string) => json.replaceAll("<", "\\u003c");

/** The embedded page as one file with the settings inside, to be opened by a double click. */
export function configuredCopy(page: string, address: Address, title: string): string {
	const { search, hash } = new URL(urlOf("https://settings.invalid/", address));
	const settings = inHtml(JSON.stringify({ query: search, fragment: hash }));
	const element = `<script type="application/json" id="${SETTINGS_ID}">${settings}</script>`;
	const escaped = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
	const named = page.replace(/<title>[^<]*<\/title>/, () => `<title>${escaped}</title>`);
	return named.replace(/<body[^>]*>/, (body) => `${body}${element}`);
}
