// @ts-check

/**
 * Links the chunks of the first picture in the page's head, so that the browser fetches them beside the entry and not
 * after it has run.
 * @param {string} source the module that draws it, as its path ends
 * @returns {import("vite").Plugin}
 */
export function preloadFirstPicture(source) {
	return {
		name: "preload-first-picture",
		apply: "build",
		transformIndexHtml: {
			order: "post",
			handler(_html, { bundle = {} }) {
				const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
				const entry = chunks.find((chunk) => chunk.isEntry);
				const picture = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(source));
				if (entry === undefined || picture === undefined) throw new Error(`no chunk is made of ${source}`);
				/** @param {string} name @param {Set<string>} found */
				const closure = (name, found) => {
					const chunk = bundle[name];
					if (chunk?.type !== "chunk" || found.has(name)) return found;
					found.add(name);
					for (const imported of chunk.imports) closure(imported, found);
					return found;
				};
				const atHand = closure(entry.fileName, new Set());
				const scripts = [...closure(picture.fileName, new Set())].filter((name) => !atHand.has(name));
				const styles = [picture.fileName, ...scripts].flatMap((name) => {
					const chunk = bundle[name];
					return chunk?.type === "chunk" ? [...(chunk.viteMetadata?.importedCss ?? [])] : [];
				});
				return [
					...scripts.map((name) => ({
						tag: "link",
						attrs: { rel: "modulepreload", crossorigin: true, href: `./${name}` },
						injectTo: /** @type {const} */ ("head"),
					})),
					...[...new Set(styles)].map((name) => ({
						tag: "link",
						attrs: { rel: "stylesheet", crossorigin: true, href: `./${name}` },
						injectTo: /** @type {const} */ ("head"),
					})),
				];
			},
		},
	};
}
