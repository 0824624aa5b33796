import { common } from "./common.ts";
import { marks } from "./marks.ts";

/** The English catalogue is the type that every other language must match; functions take the parameters. */
export const en = { common, marks };
