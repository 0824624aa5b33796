import { common } from "./common.ts";

/** The English catalogue is the type that every other language must match; functions take the parameters. */
export const en = { common };
