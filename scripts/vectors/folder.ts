import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseVectorFile, type VectorFile } from "./vector-file.ts";

/** A few cases that are part of the repository. */
export const fixtures = "scripts/vectors/fixtures";

/** The whole set is no part of it: a folder named by the environment, or beside the checkout. */
export const folder =
	[process.env.DELTASCOPE_VECTORS, "../shared/caffe-vectors"].find((path) => path && existsSync(path)) ?? fixtures;

export const vectorNames = (from: string) => readdirSync(from).filter((name) => name.endsWith(".json"));

export function loadVector(from: string, name: string): VectorFile {
	return parseVectorFile(readFileSync(join(from, name), "utf8"));
}
