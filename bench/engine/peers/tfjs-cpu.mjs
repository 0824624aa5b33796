// @ts-check
import { load } from "./load.mjs";
import { contestant } from "./tfjs.mjs";

export const create = await contestant("cpu", () => load("@tensorflow/tfjs-backend-cpu"));
