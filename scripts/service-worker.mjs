// @ts-check
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/**
 * The worker that keeps the page: it fetches every file of one version when it is installed, and answers with these from
 * then on. It takes over from an older one only when the page tells it to.
 */
const WORKER = `
const scope = new URL(self.registration.scope);
// Other copies of the page may live on the same host.
const prefix = "deltascope " + scope.pathname + " ";
const name = prefix + version;
const own = new Set(files);

async function keep(cache, file) {
	const address = new URL(file, scope).href;
	// What has its hash in its name is the same for ever; the rest is asked for anew.
	const response = await fetch(address, { cache: file.startsWith("assets/") ? "default" : "no-cache" });
	if (!response.ok) throw new Error(response.status + " " + address);
	const body = await response.blob();
	// A host in the middle of an update may still give the former page.
	if (file === "" && !(await body.text()).includes(entry)) throw new Error("the page is of another version");
	const headers = { "content-type": response.headers.get("content-type") ?? body.type };
	await cache.put(address, new Response(body, { headers }));
}

async function install() {
	const cache = await caches.open(name);
	try {
		for (let at = 0; at < files.length; at += 8) {
			await Promise.all(files.slice(at, at + 8).map((file) => keep(cache, file)));
		}
	} catch (error) {
		await caches.delete(name);
		throw error;
	}
}

async function forgetOthers() {
	const names = await caches.keys();
	await Promise.all(names.filter((one) => one.startsWith(prefix) && one !== name).map((one) => caches.delete(one)));
}

async function answer(file, request) {
	const cache = await caches.open(name);
	return (await cache.match(new URL(file, scope).href, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("message", (event) => {
	if (event.data === "deltascope-take-over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
	const { method, url } = event.request;
	const { origin, pathname } = new URL(url);
	if (method !== "GET" || origin !== scope.origin || !pathname.startsWith(scope.pathname)) return;
	const path = pathname.slice(scope.pathname.length);
	const file = path === "index.html" ? "" : path;
	if (own.has(file)) event.respondWith(answer(file, event.request));
});
`;

/**
 * The worker of a built folder.
 * @param {ReadonlyMap<string, Uint8Array | string>} files by their paths; `index.html` among them
 * @param {string} entry the script that belongs to this very version, as the page names it
 */
export function serviceWorker(files, entry) {
	const paths = [...files.keys()].sort();
	const hash = createHash("sha256");
	for (const path of paths)
		hash
			.update(path)
			.update("\0")
			.update(files.get(path) ?? "")
			.update("\0");
	// Asked for by the folder's own address: some hosts send /index.html elsewhere.
	const list = paths.map((path) => (path === "index.html" ? "" : path));
	return [
		`const version = ${JSON.stringify(hash.update(WORKER).digest("hex").slice(0, 16))};`,
		`const entry = ${JSON.stringify(entry)};`,
		`const files = ${JSON.stringify(list)};`,
		WORKER.trim(),
		"",
	].join("\n");
}

/**
 * Writes the service worker once everything else of the page has been written.
 * @returns {import("vite").Plugin}
 */
export function serviceWorkerPlugin() {
	let folder = "";
	let entry = "";
	return {
		name: "service-worker",
		apply: "build",
		configResolved({ root, build }) {
			folder = resolve(root, build.outDir);
		},
		generateBundle(_options, bundle) {
			entry = Object.values(bundle).find((file) => file.type === "chunk" && file.isEntry)?.fileName ?? entry;
		},
		closeBundle() {
			if (!existsSync(join(folder, "index.html"))) return;
			const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
				.filter((file) => file.isFile())
				.map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll("\\", "/"))
				// What stands in other pages is theirs to keep; licences and the manifest of the build are not part of the page.
				.filter((path) => !/^(?:v1|latest|\.vite)\/|^sw\.js$|\.(?:txt|map)$/.test(path));
			const files = new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
			writeFileSync(join(folder, "sw.js"), serviceWorker(files, entry));
		},
	};
}
