import { describe, expect, it } from "vitest";
import { decodeState } from "../../formats/link/codec.ts";
import { readParameters } from "../../formats/link/read-parameters.ts";
import type { WrittenState } from "../../formats/model/state.ts";
import { addressOf, type Choices, embedUrlOf, judgeLength, SHOWABLE, urlOf, usuallyHidden } from "./address.ts";
import { configuredCopy } from "./configured-copy.ts";
import { type Shared, SNIPPETS, snippetOf } from "./snippets.ts";

const choices: Choices = {
	hidden: usuallyHidden("compact"),
	locked: new Set(),
	opensAt: "stage",
	range: "all",
	layout: "compact",
	width: 720,
	height: 480,
	theme: "auto",
	language: null,
	notation: "ufldl",
};
const plain: WrittenState = { v: 1, preset: "xor", at: "i1.backward.hidden.1", gran: "unit", view: {} };
const edited: WrittenState = { ...plain, seed: 7, view: { sample: 2, inspected: "i1/p0/loss/data" } };

describe("an address", () => {
	it("is readable where a preset and a place say it all", async () => {
		const url = urlOf("https://a.example/net/", await addressOf(plain, choices, false));
		expect(url).toBe("https://a.example/net/?preset=xor&at=i1.backward.hidden.1&gran=unit&notation=ufldl");
	});

	it("carries everything else as a state, with what was chosen", async () => {
		const address = await addressOf(edited, { ...choices, notation: "caffe" }, false);
		expect(address.query).toEqual([["notation", "caffe"]]);
		expect(await decodeState(address.state ?? "")).toEqual({ ...edited, view: { ...edited.view, notation: "caffe" } });
		const start = await addressOf(edited, { ...choices, opensAt: "start" }, false);
		expect(await decodeState(start.state ?? "")).toEqual({
			v: 1,
			preset: "xor",
			gran: "unit",
			seed: 7,
			view: { sample: 2 },
		});
	});

	it("is that of the preset's own page in other pages, whatever has been changed", async () => {
		const address = await addressOf(edited, choices, true);
		const url = embedUrlOf("https://a.example/v1/embed/", address);
		expect(url).toBe(`https://a.example/v1/embed/xor/?notation=ufldl#s=${address.state}`);
	});

	it("locks the reader into the iteration or the phase that is seen", async () => {
		const bounds = async (range: Choices["range"], at: string) => {
			const { query } = await addressOf({ ...plain, at }, { ...choices, range }, true);
			return query.filter(([key]) => key === "from" || key === "to").map(([, value]) => value);
		};
		expect(await bounds("all", "i2.backward.hidden.1.3")).toEqual([]);
		expect(await bounds("iteration", "i2.backward.hidden.1.3")).toEqual(["i2", "i2"]);
		expect(await bounds("phase", "i2.backward.hidden.1.3")).toEqual(["i2.backward", "i2.backward"]);
		expect(await bounds("phase", "i2.p3.forward.hidden.1.3")).toEqual(["i2.p3.forward", "i2.p3.forward"]);
	});

	it("names only what differs from the layout, in words that the page itself understands", async () => {
		const chosen: Choices = {
			...choices,
			hidden: new Set(["panels", "loss"]),
			locked: new Set(["net", "data"]),
			theme: "dark",
			language: "zh-CN",
		};
		const address = await addressOf(plain, chosen, true);
		const url = new URL(embedUrlOf("https://a.example/v1/embed/", address));
		expect(url.pathname).toBe("/v1/embed/xor/");
		const { values, notices } = readParameters(url.search);
		expect(notices).toEqual([]);
		expect(values).toEqual({
			at: "i1.backward.hidden.1",
			gran: "unit",
			hide: ["panels", "loss"],
			show: ["title"],
			lock: ["net", "data"],
			theme: "dark",
			notation: "ufldl",
			lang: "zh-CN",
		});
		expect(url.search).toContain("hide=panels,loss");
		const all = await addressOf(
			plain,
			{ ...chosen, locked: new Set(["net", "data", "weights", "solver", "seed"]) },
			true,
		);
		expect(all.query).toContainEqual(["lock", "all"]);
		for (const layout of ["standard", "compact", "bare"] as const) {
			const { query } = await addressOf(plain, { ...choices, layout, hidden: usuallyHidden(layout) }, true);
			expect(query.map(([key]) => key)).not.toContain("hide");
		}
		expect(SHOWABLE.every((part) => typeof part === "string")).toBe(true);
	});

	it("is judged by its length", () => {
		expect([1500, 1501, 8000, 8001].map(judgeLength)).toEqual(["fine", "long", "long", "refused"]);
	});
});

describe("what is pasted into a page", () => {
	const shared = async (title: string): Promise<Shared> => {
		const address = await addressOf(edited, { ...choices, hidden: new Set(["loss"]) }, true);
		return {
			link: "https://a.example/?preset=xor&at=i1(2)",
			embed: embedUrlOf("https://a.example/v1/embed/", address),
			address,
			script: "https://a.example/v1/sdk.js",
			title,
			width: 720,
			height: 480,
		};
	};

	it("stays one element whatever the title is", async () => {
		const nasty = await shared('</iframe>"><script>alert(1)</script> [x](y) & _z_');
		for (const id of ["iframe", "element", "quarto", "docusaurus"] as const) {
			expect(snippetOf(id, nasty), id).not.toContain("<script>alert");
			expect(snippetOf(id, nasty), id).toContain("&lt;/iframe&gt;&quot;&gt;&lt;script&gt;");
		}
		expect(snippetOf("markdown", nasty)).toContain("\\[x\\](y)");
		expect(snippetOf("markdown", nasty)).toContain("(https://a.example/?preset=xor&at=i1%282%29)");
	});

	it("holds the address, escaped for where it stands", async () => {
		const page = await shared("XOR");
		expect(page.embed).toContain("&");
		for (const id of SNIPPETS.filter((one) => one !== "link" && one !== "markdown")) {
			const text = snippetOf(id, page);
			const unescaped = text.replaceAll("&amp;", "&");
			if (id === "element") for (const [key, value] of page.address.query) expect(text).toContain(`${key}="${value}"`);
			else expect(unescaped, id).toContain(page.embed);
		}
		expect(snippetOf("element", page)).toContain(`s="${page.address.state}"`);
		expect(snippetOf("iframe", page)).toMatch(/title="XOR"\n {2}width="720" height="480"/);
	});
});

describe("a configured copy", () => {
	it("holds the settings as data that nothing in them can break out of", async () => {
		const address = { query: [["title", "</script><b>"]] as const, state: "1.d.x.y" };
		const page =
			'<html><head><title>D</title><meta name="deltascope-page" content="../../"></head><body class=a><p>x</body></html>';
		const copy = configuredCopy(page, { address, title: "a < b", home: "https://a.example/net/" });
		expect(copy).toContain('content="https://a.example/net/">');
		expect(copy).toContain("<title>a &lt; b</title>");
		const [, json] =
			/<body class=a><script type="application\/json" id="deltascope-settings">(.*?)<\/script><p>/.exec(copy) ?? [];
		const { query, fragment } = JSON.parse(json);
		expect(new URLSearchParams(query).get("title")).toBe("</script><b>");
		expect(fragment).toBe("#s=1.d.x.y");
	});
});
