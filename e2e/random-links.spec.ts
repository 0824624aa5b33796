import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { Chance, randomLink } from "../src/store/testing/random-links.ts";
import { expect, test } from "./page.ts";

// Whatever a link says, there is a page, and nothing throws.
test.use({ contextOptions: { reducedMotion: "reduce" } });

const LINKS = Number(process.env.DELTASCOPE_BROWSER_LINKS ?? 300);
/** So many are opened in one page: the first by its query, the others by what stands behind `#`. */
const BATCH = 20;
const SEED = Number(process.env.FC_SEED ?? 20261125);

const golden: readonly { readonly name: string; readonly word: string }[] = JSON.parse(
	readFileSync(new URL("../src/formats/link/golden.json", import.meta.url), "utf8"),
);

/** Of nets that open at once: so many links are to be opened one after the other. */
const words = golden.filter(({ name }) => !/digits|autoencoder|lenet/.test(name)).map(({ word }) => word);

/** What a link's word says, read without the program's own code. */
function saidBy(word: string): unknown {
	const [, codec, payload = ""] = word.split(".");
	const bytes = Buffer.from(payload, "base64url");
	return JSON.parse((codec === "d" ? inflateRawSync(bytes) : bytes).toString("utf8"));
}
const states = words.map(saidBy);

const KEYS: Readonly<Record<string, readonly string[]>> = {
	preset: ["xor", "lstm", "saturated", "nothing", "__proto__"],
	net: ["2-3-1", "2-4-4-1", "99-1", "0-0", "2", "-", "256-256-256"],
	act: ["tanh", "relu,linear", "sigmoid,,", "softmax"],
	loss: ["ce", "bce", "mse", "0"],
	opt: ["adam", "lbfgs", "nesterov"],
	lr: ["0.1", "abc", "1e300", "-1", "10"],
	batch: ["1", "32", "33", "1.5"],
	seed: ["7", "4294967295", "-1", "NaN"],
	data: ["or", "xor", "digits", "nothing"],
	at: ["backward", "i3.backward.hidden.1.3", "i2", "99", "%E0%A4", "i0", "i2.nowhere.1"],
	from: ["backward", "i2", "7", "nowhere"],
	to: ["forward", "i2.loss", "3", "end"],
	gran: ["term", "phase", "atom"],
	ui: ["bare", "compact", "standard", "full", "none"],
	hide: ["timeline,ledger", "everything", "title"],
	lock: ["all", "net,seed", "me"],
	theme: ["dark", "projector", "<script>"],
	bg: ["000000", "777777", "transparent", "red"],
	pos: ["ffffff", "0072b2"],
	fs: ["2.5", "9", "0.8"],
	digits: ["2", "8", "9"],
	notation: ["caffe", "pytorch", "tf"],
	lang: ["zh-TW", "de", "en"],
	title: ["<b>x</b>", "a".repeat(300), "δ"],
	height: ["fixed", "7"],
	s: ["1.d.x.y", "2.d.abc.def", ""],
};

function randomQuery(chance: Chance): string {
	const names = Object.keys(KEYS);
	const pairs = Array.from({ length: 1 + chance.below(5) }, () => {
		const name = chance.pick(names);
		return `${name}=${chance.pick(KEYS[name] ?? [""])}`;
	});
	return `?${pairs.join("&")}`;
}

/** Opens links one after the other in the page as it stands, and says which left it blank or showed a card. */
async function openStates(page: Page, links: readonly string[]) {
	return page.evaluate(async (hashes) => {
		const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
		const stands = () =>
			document.querySelector("[aria-busy='true']") === null &&
			(document.querySelector("[data-part='stage']")?.childElementCount ?? 0) > 0 &&
			/^i\d+\./.test(document.getElementById("root")?.dataset.cursor ?? "") &&
			(document.body.textContent ?? "").trim().length > 20;
		const found: { readonly blank: boolean; readonly card: boolean }[] = [];
		for (const hash of hashes) {
			const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
			const is = location.hash;
			location.hash = hash;
			// The page's own listener comes first: from then on it is busy until the link is opened or refused.
			if (location.hash !== is) await changed;
			const end = performance.now() + 5000;
			while (!stands() && performance.now() < end) await pause(50);
			found.push({ blank: !stands(), card: document.querySelector("[role='alert']") !== null });
		}
		return found;
	}, links);
}

test(`${LINKS} random links: never a blank page, never an exception`, async ({ scope, page, complaints }) => {
	test.setTimeout(600_000);
	const chance = new Chance(SEED);
	const shown = { opened: 0, cards: 0 };
	for (let from = 0; from < LINKS; from += BATCH) {
		const query = randomQuery(chance);
		const where = `links from ${from} on, seed ${SEED}: ${query}`;
		await page.goto(`/${query}`);
		await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
		const links = Array.from({ length: BATCH - 1 }, () => `#s=${randomLink(words, states, chance)}`);
		const found = await openStates(page, links);
		found.forEach(({ blank, card }, place) => {
			expect(blank, `${where}; ${links[place]?.slice(0, 300)}`).toBe(false);
			shown[card ? "cards" : "opened"]++;
		});
		expect(complaints, `${where}; ${links.join("\n")}`).toEqual([]);
	}
	expect(await scope.address()).toMatch(/^i\d+\./);
	// Otherwise it would prove little.
	expect(shown.opened).toBeGreaterThan(LINKS / 10);
	expect(shown.cards).toBeGreaterThan(LINKS / 10);
});
