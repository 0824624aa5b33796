// @ts-check

/** What the page is, for whoever shows a link to it. */
const TITLE = "Deltascope";
const DESCRIPTION = "Takes one training iteration of a neural network apart, stage by stage, forwards and backwards.";

/**
 * Tags that need the page's own address; none where it is not known.
 * @param {string | undefined} site as SITE_URL gives it
 * @returns {import("vite").HtmlTagDescriptor[]}
 */
export function siteTags(site) {
	if (site === undefined || site === "") return [];
	const { href } = new URL(site.endsWith("/") ? site : `${site}/`);
	const property = (/** @type {string} */ name, /** @type {string} */ content) => ({
		tag: "meta",
		attrs: { property: name, content },
	});
	return [
		{ tag: "link", attrs: { rel: "canonical", href } },
		property("og:type", "website"),
		property("og:site_name", TITLE),
		property("og:title", TITLE),
		property("og:description", DESCRIPTION),
		property("og:url", href),
		{ tag: "meta", attrs: { name: "twitter:card", content: "summary" } },
	];
}

/**
 * Canonical address and social tags, where SITE_URL is given at build time.
 * @returns {import("vite").Plugin}
 */
export function siteTagsPlugin() {
	return {
		name: "site-tags",
		apply: "build",
		transformIndexHtml: () => siteTags(process.env.SITE_URL),
	};
}
