import type { Catalogue } from "../catalogue.ts";
import { common } from "./common.ts";
import { marks } from "./marks.ts";

export const zh: Catalogue = { common, marks };
