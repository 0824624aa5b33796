// @ts-check

/**
 * Writes down which scripts and stylesheets the page does not fetch at the start, so that it can fetch them when it has
 * nothing else to do: then no step waits for a network, and none needs one.
 * @param {readonly string[]} left the modules, as their paths end, whose chunks are fetched on use only
 * @returns {import("vite").Plugin}
 */
export function laterFiles(left) {
	return {
		name: "later-files",
		apply: "build",
		generateBundle: {
			order: "post",
			handler(_options, bundle) {
				const chunks = Object.values(bundle).flatMap((file) => (file.type === "chunk" && !file.isEntry ? [file] : []));
				const wanted = chunks.filter(
					({ moduleIds }) => !moduleIds.some((module) => left.some((ending) => module.endsWith(ending))),
				);
				const styles = new Set(wanted.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]));
				const source = JSON.stringify([...wanted.map(({ fileName }) => fileName), ...styles]);
				this.emitFile({ type: "asset", fileName: "later.json", source });
			},
		},
	};
}
