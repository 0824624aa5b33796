// @ts-check
/**
 * A peer's package from bench/node_modules. By a variable name, so that types and bundlers do not ask for packages that
 * only a benchmark installs.
 * @param {string} name
 */
export async function load(name) {
	const module = await import(name);
	return module.default ?? module;
}
