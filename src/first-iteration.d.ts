declare module "virtual:first-iteration" {
	/** What the engine recorded when the page was built; null while developing. */
	export const firstIteration: import("./engine/trace.ts").IterationTrace | null;
}
