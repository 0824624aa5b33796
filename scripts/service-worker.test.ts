import { describe, expect, it } from "vitest";
import { serviceWorker } from "./service-worker.mjs";
import { siteTags } from "./site-tags.mjs";

/** The worker in a browser made of maps: what it keeps and what it answers. */
function run(source: string, host: ReadonlyMap<string, string>, caches: Map<string, Map<string, string>>) {
	const listeners = new Map<string, (event: object) => void>();
	const cacheOf = (name: string) => {
		const files = caches.get(name) ?? new Map<string, string>();
		caches.set(name, files);
		return {
			put: async (url: string, response: Response) => void files.set(url, await response.text()),
			match: async (url: string) => (files.has(url) ? new Response(files.get(url)) : undefined),
		};
	};
	const asked: string[] = [];
	let took = false;
	const globals = {
		self: {
			registration: { scope: "https://a.example/net/" },
			addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
			skipWaiting: () => {
				took = true;
			},
		},
		caches: {
			open: async (name: string) => cacheOf(name),
			keys: async () => [...caches.keys()],
			delete: async (name: string) => caches.delete(name),
		},
		fetch: async (url: string) => {
			asked.push(url);
			const body = host.get(url);
			return new Response(body ?? "", { status: body === undefined ? 404 : 200 });
		},
	};
	// The worker is a script and no module: it is run as the browser would, with its globals as parameters.
	new Function(...Object.keys(globals), source)(...Object.values(globals));
	const wait = async (type: string) => {
		let done: Promise<unknown> = Promise.resolve();
		listeners.get(type)?.({ waitUntil: (promise: Promise<unknown>) => (done = promise) });
		await done;
	};
	const get = async (url: string, method = "GET") => {
		let answer: Promise<Response> | null = null;
		const respondWith = (promise: Promise<Response>) => {
			answer = promise;
		};
		listeners.get("fetch")?.({ request: { url, method }, respondWith });
		return answer === null ? null : (await (answer as Promise<Response>)).text();
	};
	return { wait, get, asked, say: (data: unknown) => listeners.get("message")?.({ data }), took: () => took };
}

const base = "https://a.example/net/";
const page = '<script src="./assets/main-1.js">';
const host = new Map([
	[base, page],
	[`${base}assets/main-1.js`, "main"],
	[`${base}favicon.svg`, "icon"],
]);
const files = new Map([
	["index.html", page],
	["assets/main-1.js", "main"],
	["favicon.svg", "icon"],
]);
const source = serviceWorker(files, "assets/main-1.js");

describe("the worker that keeps the page", () => {
	it("keeps every file of its version and answers with them, whatever stands in the query", async () => {
		const worker = run(source, host, new Map());
		await worker.wait("install");
		expect(worker.asked.toSorted()).toEqual([...host.keys()].toSorted());
		expect(await worker.get(`${base}?preset=xor`)).toBe(page);
		expect(await worker.get(`${base}index.html`)).toBe(page);
		expect(await worker.get(`${base}assets/main-1.js`)).toBe("main");
		expect(worker.asked).toHaveLength(3);
	});

	it("leaves alone what is not its own", async () => {
		const worker = run(source, host, new Map());
		for (const url of [`${base}v1/embed/`, "https://a.example/other/", "https://b.example/net/"]) {
			expect(await worker.get(url), url).toBeNull();
		}
		expect(await worker.get(base, "POST")).toBeNull();
	});

	it("is not installed where a file is missing or the page is of another version", async () => {
		for (const broken of [
			new Map([...host].filter(([url]) => !url.endsWith("svg"))),
			new Map([...host, [base, "an older page"]]),
		]) {
			const caches = new Map<string, Map<string, string>>();
			await expect(run(source, broken, caches).wait("install")).rejects.toThrow();
			expect(caches.size).toBe(0);
		}
	});

	it("forgets older versions of this page alone, and takes over only when told to", async () => {
		const caches = new Map([
			["deltascope /net/ old", new Map()],
			["deltascope /other/ x", new Map()],
			["another page", new Map()],
		]);
		const worker = run(source, host, caches);
		await worker.wait("install");
		expect(worker.took()).toBe(false);
		worker.say("anything");
		expect(worker.took()).toBe(false);
		worker.say("deltascope-take-over");
		expect(worker.took()).toBe(true);
		await worker.wait("activate");
		expect([...caches.keys()].filter((name) => !name.startsWith("deltascope /net/"))).toEqual([
			"deltascope /other/ x",
			"another page",
		]);
		expect(caches.size).toBe(3);
	});

	it("has another version as soon as one byte differs", () => {
		const changed = serviceWorker(new Map([...files, ["favicon.svg", "Icon"]]), "assets/main-1.js");
		expect(changed.split("\n")[0]).not.toBe(source.split("\n")[0]);
	});
});

describe("tags with the page's own address", () => {
	it("are made where it is known, else left out", () => {
		expect(siteTags(undefined)).toEqual([]);
		expect(siteTags("https://a.example/net")).toContainEqual({
			tag: "link",
			attrs: { rel: "canonical", href: "https://a.example/net/" },
		});
	});
});
