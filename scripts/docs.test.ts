import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = [
	"README.md",
	"CHANGELOG.md",
	"CONTRIBUTING.md",
	...readdirSync(join(root, "docs")).map((f) => `docs/${f}`),
]
	.filter((file) => file.endsWith(".md"))
	.map((file) => join(root, file));

/** GitHub's anchor of a heading. */
const anchor = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} -]/gu, "")
		.replaceAll(" ", "-");

const withoutCode = (text: string) => text.replace(/```[\s\S]*?```/g, "").replace(/`[^`\n]*`/g, "");
const anchorsOf = (file: string) =>
	[...readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading));

describe.each(pages.map((page) => [relative(root, page), page]))("%s", (_name, page) => {
	const text = readFileSync(page, "utf8");

	it("links to what there is", () => {
		const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
		for (const link of links.filter((target) => !/^https?:/.test(target))) {
			const [path = "", hash] = link.split("#");
			const target = path === "" ? page : join(dirname(page), path);
			expect(existsSync(target), link).toBe(true);
			if (hash !== undefined) expect(anchorsOf(target), link).toContain(hash);
		}
	});

	it("names files and folders that there are", () => {
		const named = [...text.matchAll(/`((?:src|scripts|e2e|docs|public|bench)\/[\w./-]*)`/g)].map(
			([, path = ""]) => path,
		);
		// A file that the page itself writes out is named before its text, on a line of its own.
		const written = [...text.matchAll(/^`([\w./-]+)`:$/gm)].map(([, path]) => path);
		for (const path of named.filter((name) => !written.includes(name))) {
			expect(existsSync(join(root, path)), path).toBe(true);
			if (path.endsWith("/")) expect(statSync(join(root, path)).isDirectory(), path).toBe(true);
		}
	});

	it("names commands that there are", () => {
		const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
		for (const [, command] of text.matchAll(/npm run (\w+)/g)) expect(Object.keys(scripts)).toContain(command);
	});
});
