import type { Catalogue } from "../catalogue.ts";
import { common } from "./common.ts";

export const zh: Catalogue = { common };
