// @ts-check
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { contestant } from "./tfjs.mjs";

export const create = await contestant("wasm", async () => {
	const name = "@tensorflow/tfjs-backend-wasm";
	const { setWasmPaths, setThreadsCount } = await import(name);
	setWasmPaths(`${dirname(createRequire(import.meta.url).resolve(name))}/`);
	// One thread, as everybody else.
	setThreadsCount(1);
});
