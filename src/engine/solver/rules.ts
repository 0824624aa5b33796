import { adaDelta } from "./adadelta.ts";
import { adaGrad } from "./adagrad.ts";
import { adam } from "./adam.ts";
import { addRules } from "./known-rules.ts";
import { nesterov } from "./nesterov.ts";
import { rmsProp } from "./rmsprop.ts";
import type { UpdateRule } from "./rule.ts";
import { sgd } from "./sgd.ts";

/** Every solver type the engine has. Adding one is its file and a line here. */
export const updateRules: readonly UpdateRule[] = [sgd, nesterov, adaGrad, rmsProp, adaDelta, adam];

addRules(updateRules);
