import { roundFloat } from "../../engine/settings.ts";
import type { LearningRatePolicy, SolverSettings, SolverType } from "../../engine/specification.ts";
import { all, checkFields, last, numberOf, textOf, wordOf } from "./fields.ts";
import { FormatError } from "./problem.ts";
import type { ReadOptions } from "./read-net.ts";
import { type Field, parseTextFormat } from "./text-format.ts";

const TYPES: readonly SolverType[] = ["SGD", "Nesterov", "AdaGrad", "RMSProp", "AdaDelta", "Adam"];
/** The order of the old `solver_type` enumeration. */
const OLD_TYPES = ["SGD", "NESTEROV", "ADAGRAD", "RMSPROP", "ADADELTA", "ADAM"];
const POLICIES: readonly LearningRatePolicy[] = ["fixed", "step", "exp", "inv", "multistep", "poly", "sigmoid"];

/** What a solver file may hold; all that does not decide numbers is read over. */
const FIELDS = [
	"type",
	"solver_type",
	"base_lr",
	"lr_policy",
	"gamma",
	"power",
	"stepsize",
	"stepvalue",
	"max_iter",
	"iter_size",
	"momentum",
	"momentum2",
	"delta",
	"rms_decay",
	"weight_decay",
	"regularization_type",
	"clip_gradients",
	"net",
	"net_param",
	"train_net",
	"test_net",
	"train_net_param",
	"test_net_param",
	"train_state",
	"test_state",
	"test_iter",
	"test_interval",
	"test_compute_loss",
	"test_initialization",
	"display",
	"average_loss",
	"snapshot",
	"snapshot_prefix",
	"snapshot_diff",
	"snapshot_format",
	"snapshot_after_train",
	"solver_mode",
	"device_id",
	"random_seed",
	"debug_info",
	"layer_wise_reduce",
	"weights",
];

function refuse(field: Field, expected: string): never {
	throw new FormatError({ code: "wrong-type", field: field.name, expected, line: field.line, column: field.column });
}

function typeOf(type: Field | undefined, old: Field | undefined): SolverType {
	if (type !== undefined) {
		const found = TYPES.find((known) => known.toLowerCase() === textOf(type).toLowerCase());
		return found ?? refuse(type, TYPES.join(", "));
	}
	if (old === undefined) return "SGD";
	const word = wordOf(old);
	const place = typeof word === "number" ? word : OLD_TYPES.indexOf(word);
	return TYPES[place] ?? refuse(old, OLD_TYPES.join(", "));
}

/**
 * Reads a solver's prototxt with Caffe's defaults. Source: caffe-semantics, 4.3 and 4.4.
 * @throws FormatError where the text is no solver, or lr_policy is missing
 */
export function readSolver(text: string, { precision }: ReadOptions): SolverSettings {
	const message = parseTextFormat(text);
	checkFields(message, FIELDS);
	const float = (name: string, fallback = 0) => {
		const field = last(message, name);
		return roundFloat(field === undefined ? fallback : numberOf(field), precision);
	};
	const whole = (name: string, fallback: number, minimum = 0) => {
		const field = last(message, name);
		if (field === undefined) return fallback;
		const value = numberOf(field);
		return Number.isInteger(value) && value >= minimum ? value : refuse(field, `≥ ${minimum}`);
	};
	const policy = last(message, "lr_policy");
	if (policy === undefined) throw new FormatError({ code: "missing", field: "lr_policy" });
	const regularization = last(message, "regularization_type");
	return {
		type: typeOf(last(message, "type"), last(message, "solver_type")),
		precision,
		baseLr: float("base_lr"),
		lrPolicy: POLICIES.find((known) => known === textOf(policy)) ?? refuse(policy, POLICIES.join(", ")),
		gamma: float("gamma"),
		power: float("power"),
		stepSize: whole("stepsize", 0),
		stepValues: all(message, "stepvalue").map(numberOf),
		maxIter: whole("max_iter", 0),
		iterSize: whole("iter_size", 1, 1),
		momentum: float("momentum"),
		momentum2: float("momentum2", 0.999),
		delta: float("delta", 1e-8),
		rmsDecay: float("rms_decay", 0.99),
		weightDecay: float("weight_decay"),
		regularization:
			regularization === undefined || textOf(regularization) === "L2"
				? "L2"
				: textOf(regularization) === "L1"
					? "L1"
					: refuse(regularization, "L1, L2"),
		clipGradients: float("clip_gradients", -1),
	};
}
