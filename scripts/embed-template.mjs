// @ts-check
import { createHash } from "node:crypto";

/**
 * The first script of the page, in the oldest form of the language that still runs: says hello, and puts an explanation
 * in the picture's place if nothing else has happened after eight seconds.
 */
const WATCHDOG = `(function () {
	var done = false, reason = "";
	function ready() { return document.documentElement.getAttribute("data-ready") === "true"; }
	function say(type, p) {
		if (window.parent === window) return;
		try { window.parent.postMessage({ ns: "deltascope", v: 1, type: type, p: p }, "*"); } catch (e) {}
	}
	function fail() {
		if (done || ready() || document.documentElement.hasAttribute("data-waiting")) return;
		done = true;
		var card = document.getElementById("failed");
		if (card) {
			card.hidden = false;
			document.getElementById("failed-reason").appendChild(document.createTextNode(reason));
		}
		say("error", { code: "not-started", message: reason, recoverable: false });
	}
	window.onerror = function (message) { reason = reason || String(message); };
	setTimeout(fail, 8000);
	say("hello", { proto: [1], title: document.title, lang: document.documentElement.lang });
})();`;

/** @param {string} text */
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** What an HTML parser would take for an end, or for a comment, inside of a script. @param {string} code */
export const inScript = (code) => code.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const POSTER_STYLE =
	"body{margin:0}#poster{font:14px/1.45 system-ui,sans-serif;padding:14px}#poster svg{display:block;width:100%;max-height:24rem}#poster p{margin:8px 0 0}#failed{margin:12px 0 0;padding:12px;border:1.5px solid;border-left:8px solid #facc15}";

/**
 * What a page that knows oEmbed asks for, as a file: no server answers here.
 * @param {string} site
 * @param {{ id: string, title: string }} page
 */
export function oembed(site, { id, title }) {
	const html = `<iframe src="${site}v1/embed/${id}/" title="${escaped(title)}" width="720" height="480" loading="lazy" allow="fullscreen; clipboard-write" style="border:0;max-width:100%"></iframe>`;
	const answer = { version: "1.0", type: "rich", title, provider_name: "Deltascope", provider_url: site };
	const thumb = { thumbnail_url: `${site}v1/thumb/${id}.png`, thumbnail_width: 720, thumbnail_height: 390 };
	return `${JSON.stringify({ ...answer, width: 720, height: 480, html, ...thumb })}\n`;
}

/** Nothing is fetched and nothing runs but these. @param {readonly string[]} scripts @param {readonly string[]} more */
const policyOf = (scripts, more = []) =>
	[
		"default-src 'none'",
		`script-src ${scripts.map(hash).join(" ")}`,
		"style-src 'unsafe-inline'",
		"img-src data: blob:",
		"font-src data:",
		"worker-src blob:",
		"base-uri 'none'",
		"form-action 'none'",
		...more,
	].join("; ");

/**
 * The whole page as one file, for those who have neither a network nor a server.
 * @param {{ script: string, style: string, description: string, site: string | undefined }} page
 */
export function fullPage({ script, style, description, site }) {
	const main = inScript(script);
	// What is shared is previewed where the embed's own files lie beside this one.
	const host = site === undefined ? "'self'" : `'self' ${new URL(site).origin}`;
	const policy = policyOf([main], [`frame-src ${host} file:`, `connect-src ${host}`]);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escaped(description)}">
<meta name="deltascope-page" content="${escaped(site ?? "../")}">
<title>Deltascope</title>
<style>${style.replaceAll("</style", "<\\/style")}</style>
</head>
<body>
<div id="root"><noscript><p>Deltascope computes everything in your browser and needs JavaScript for it.</p></noscript></div>
<script>${main}</script>
</body>
</html>
`;
}

/**
 * One page of the embed: everything in it, nothing fetched.
 * @param {{ id: string | null, title: string, description: string, svg: string, script: string, style: string, data: string, home: string, site: string | undefined }} page
 */
export function embedPage({ id, title, description, svg, script, style, data, home, site }) {
	const main = inScript(script);
	const prepared = inScript(data);
	const policy = policyOf([WATCHDOG, ...(prepared === "" ? [] : [prepared]), main]);
	const address = site === undefined || id === null ? [] : [`${site}v1/embed/${id}/`];
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escaped(description)}">
<meta name="deltascope-page" content="${home}">
${id === null ? "" : `<meta name="deltascope-preset" content="${id}">\n`}${address.map((url) => `<meta property="og:url" content="${url}">\n<meta property="og:title" content="${escaped(title)}">\n<meta property="og:description" content="${escaped(description)}">\n<meta property="og:image" content="${site}v1/thumb/${id}.png">\n<meta name="twitter:card" content="summary_large_image">\n<link rel="alternate" type="application/json+oembed" href="${site}v1/oembed/${id}.json" title="${escaped(title)}">\n`).join("")}<title>${escaped(title)} · Deltascope</title>
<style>${POSTER_STYLE}</style>
<style>${style.replaceAll("</style", "<\\/style")}</style>
</head>
<body>
<div id="root"><div id="poster">
${svg}
<p>${escaped(title)}. ${escaped(description)} <a href="${home}${id === null ? "" : `?preset=${id}`}" target="_blank" rel="noopener">Open in Deltascope</a></p>
<noscript><p>Deltascope computes everything in your browser and needs JavaScript for it.</p></noscript>
<div id="failed" role="alert" hidden><b>Deltascope did not start.</b> <span id="failed-reason"></span></div>
</div></div>
<script>${WATCHDOG}</script>
${prepared === "" ? "" : `<script>${prepared}</script>\n`}<script id="deltascope-script">${main}</script>
</body>
</html>
`;
}
