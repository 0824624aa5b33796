import type { NetLayer } from "../../../../engine/net.ts";
import { countOf } from "../../../../engine/shape.ts";
import { type LayerCode, type LayerWriter, type Lines, present, someValue } from "../layer-code.ts";

/** Times, sequences, outputs and where the optional parts stand. */
function sizesOf({ run }: NetLayer, states: number) {
	const exposed = run.settings.expose_hidden === true ? states : 0;
	const hasStatic = run.bottoms.length - 2 - exposed === 1;
	const [times, sequences] = run.bottoms[0].shape;
	return {
		times,
		sequences,
		outputs: Number(run.settings.num_output),
		staticSlot: hasStatic ? 2 : -1,
		/** Where the recurrent weight stands among the parameters. */
		recurrent: hasStatic ? 3 : 2,
		isExposed: exposed > 0,
	};
}

type Sizes = ReturnType<typeof sizesOf>;

/** The state that a pass starts from: given, or left by the pass before. */
const start = (code: LayerCode, { sequences, outputs }: Sizes, internal: string) =>
	`${code.own(internal)} = ${code.recorded(internal)}.reshape(${sequences}, ${outputs})`;

function staticLine(code: LayerCode, { staticSlot, sequences }: Sizes): Lines {
	if (staticSlot < 0) return [];
	return [`${code.own("still")} = ${code.x[staticSlot]}.reshape(${sequences}, -1) @ ${code.w[2]}.T`];
}

/** The sum that the input, the state and what stays the same give at a step. */
function stepSum(code: LayerCode, { staticSlot, sequences, recurrent }: Sizes, state: string): string {
	const { x, w } = code;
	const still = staticSlot < 0 ? "" : ` + ${code.own("still")}`;
	return `${x[0]}[t].reshape(${sequences}, -1) @ ${w[0]}.T + ${w[1]}${still} + (kept * ${state}) @ ${w[recurrent]}.T`;
}

/** Gradients of the input's and the recurrent weights, and the diffs of x and of what stays the same. */
function inputGradients(code: LayerCode, sizes: Sizes, delta: string): readonly (string | null)[] {
	const { x, dx, w, layer } = code;
	const { times, sequences, outputs, staticSlot, recurrent } = sizes;
	const rows = `${delta}.reshape(${times * sequences}, -1)`;
	const kept = `np.stack([step[0] * step[1] for step in ${code.own("steps")}]).reshape(-1, ${outputs})`;
	const inputs = countOf(layer.run.bottoms[0].shape, 2);
	return [
		code.accumulate(0, `${rows}.T @ ${x[0]}.reshape(${times * sequences}, ${inputs})`),
		code.accumulate(1, `${rows}.sum(axis=0)`),
		code.accumulate(recurrent, `${rows}.T @ ${kept}`),
		dx[0] === null ? null : `${dx[0]} = (${rows} @ ${w[0]}).reshape(${x[0]}.shape)`,
		...(staticSlot < 0
			? []
			: [
					code.accumulate(2, `${delta}.sum(axis=0).T @ ${x[staticSlot]}.reshape(${sequences}, -1)`),
					dx[staticSlot] === null
						? null
						: `${dx[staticSlot]} = (${delta}.sum(axis=0) @ ${w[2]}).reshape(${x[staticSlot]}.shape)`,
				]),
	];
}

const cont = (code: LayerCode, { sequences }: Sizes) => `    kept = ${code.x[1]}[t].reshape(${sequences}, 1)`;

const STATIC = "W_static";

export const lstm: LayerWriter = {
	parameterNames: (layer) => ["W", "b", ...(sizesOf(layer, 2).staticSlot < 0 ? [] : [STATIC]), "U"],
	helpers: ["sigmoid"],
	forward(code) {
		const { layer, library, y } = code;
		const sizes = sizesOf(layer, 2);
		const { times, sequences, outputs, isExposed } = sizes;
		const [steps, h, c] = [code.own("steps"), code.own("h_0"), code.own("c_0")];
		const gate = (k: number) => `gate_in[:, ${k * outputs}:${(k + 1) * outputs}]`;
		const shape = `(1, ${sequences}, ${outputs})`;
		return [
			start(code, sizes, "h_0"),
			start(code, sizes, "c_0"),
			...staticLine(code, sizes),
			`${steps} = []`,
			`h, c = ${h}, ${c}`,
			`for t in range(${times}):`,
			cont(code, sizes),
			"    h_before, c_before = h, c",
			`    gate_in = ${stepSum(code, sizes, "h_before")}`,
			`    i, f, o = ${[0, 1, 2].map((k) => library.sigmoid(gate(k))).join(", ")}`,
			`    g = ${library.name}.tanh(${gate(3)})`,
			"    c = kept * f * c_before + i * g",
			`    h = o * ${library.name}.tanh(c)`,
			`    ${steps}.append((kept, h_before, c_before, i, f, o, g, c, h))`,
			`${y[0]} = ${library.stack(`[step[8] for step in ${steps}]`)}`,
			// No gradient crosses to the next pass.
			...(isExposed
				? [`${y[1]} = ${library.constant("h")}.reshape${shape}`, `${y[2]} = ${library.constant("c")}.reshape${shape}`]
				: []),
		];
	},
	backward(code) {
		const { layer, dy, w } = code;
		const sizes = sizesOf(layer, 2);
		const { times, sequences, outputs, recurrent } = sizes;
		const [steps, delta] = [code.own("steps"), code.own("delta")];
		return present([
			`${delta} = np.empty((${times}, ${sequences}, ${4 * outputs}))`,
			`dh_next = dc_next = np.zeros((${sequences}, ${outputs}))`,
			`for t in reversed(range(${times})):`,
			`    kept, h_before, c_before, i, f, o, g, c, h = ${steps}[t]`,
			"    f = kept * f  # Caffe closes the gate, not only the way through it",
			"    bent = np.tanh(c)",
			`    dh = ${dy[0]}[t] + dh_next`,
			"    dc = dc_next + dh * o * (1.0 - bent * bent)",
			"    dz = [dc * g * i * (1.0 - i), dc * c_before * f * (1.0 - f), dh * bent * o * (1.0 - o), dc * i * (1.0 - g * g)]",
			`    ${delta}[t] = np.concatenate(dz, axis=1)`,
			"    dc_next = dc * f",
			`    dh_next = kept * (${delta}[t] @ ${w[recurrent]})`,
			...inputGradients(code, sizes, delta),
		]);
	},
	// Of a gate that is neither shut nor open Caffe's derivative is another.
	inexact: (_layer, { x: [, shut] }) => (someValue(shut, (value) => value !== 0 && value !== 1) ? "own" : null),
};

export const rnn: LayerWriter = {
	parameterNames: (layer) => ["W", "b", ...(sizesOf(layer, 1).staticSlot < 0 ? [] : [STATIC]), "U", "V", "c"],
	forward(code) {
		const { layer, library, y, w } = code;
		const sizes = sizesOf(layer, 1);
		const { times, sequences, outputs, recurrent, isExposed } = sizes;
		const [steps, all] = [code.own("steps"), code.own("h")];
		return [
			start(code, sizes, "h_0"),
			...staticLine(code, sizes),
			`${steps} = []`,
			`h = ${code.own("h_0")}`,
			`for t in range(${times}):`,
			cont(code, sizes),
			"    h_before = h",
			`    h = ${library.name}.tanh(${stepSum(code, sizes, "h_before")})`,
			`    ${steps}.append((kept, h_before, h))`,
			`${all} = ${library.stack(`[step[2] for step in ${steps}]`)}`,
			`${y[0]} = ${library.name}.tanh(${all} @ ${w[recurrent + 1]}.T + ${w[recurrent + 2]})`,
			...(isExposed ? [`${y[1]} = ${library.constant("h")}.reshape(1, ${sequences}, ${outputs})`] : []),
		];
	},
	backward(code) {
		const { layer, y, dy, w } = code;
		const sizes = sizesOf(layer, 1);
		const { times, sequences, outputs, recurrent } = sizes;
		const [steps, delta, out] = [code.own("steps"), code.own("delta"), code.own("delta_out")];
		const rows = `${out}.reshape(-1, ${outputs})`;
		return present([
			`${out} = ${dy[0]} * (1.0 - ${y[0]} * ${y[0]})`,
			`${delta} = np.empty((${times}, ${sequences}, ${outputs}))`,
			`dh_next = np.zeros((${sequences}, ${outputs}))`,
			`for t in reversed(range(${times})):`,
			`    kept, h_before, h = ${steps}[t]`,
			`    dh = ${out}[t] @ ${w[recurrent + 1]} + dh_next`,
			`    ${delta}[t] = dh * (1.0 - h * h)`,
			`    dh_next = kept * (${delta}[t] @ ${w[recurrent]})`,
			...inputGradients(code, sizes, delta),
			code.accumulate(recurrent + 1, `${rows}.T @ ${code.own("h")}.reshape(-1, ${outputs})`),
			code.accumulate(recurrent + 2, `${rows}.sum(axis=0)`),
		]);
	},
};
