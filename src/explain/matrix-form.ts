import type { Expression } from "../engine/expression.ts";
import type { ScalarReference } from "../engine/reference.ts";
import type { Group, Structure } from "../timeline/structure.ts";
import { isBias } from "../timeline/structure.ts";
import type { ExplainContext } from "./expand.ts";
import { OUTER, sumSign } from "./inline.ts";
import { constantNode, element, identifier, inParentheses, type MathNode, operator, row, symbolNode } from "./math.ts";
import { notations } from "./notation.ts";
import type { Subject } from "./reading.ts";
import { code, letter } from "./symbol.ts";
import { tell } from "./told.ts";

/** A factor of the matrix form, with its shape below it. */
export interface MatrixCell {
	readonly node: MathNode;
	readonly shape: string | null;
}

type What = "a" | "z" | "delta" | "weight" | "bias" | "target";

/** Writes one notation's matrices; nothing else about the notations is known here. */
interface Writer {
	readonly context: ExplainContext;
	readonly structure: Structure;
	readonly rows: boolean;
	of(group: Group, what: What): MatrixCell;
}

const codeText = (text: string): MathNode => ({ tag: "mtext", text, code: true });
const op = (text: string): MatrixCell => ({ node: operator(text), shape: null });
const OPEN = op("(");
const CLOSE = op(")");
const transposed = ({ node, shape }: MatrixCell): MatrixCell => ({
	node: element("msup", node, operator("⊤")),
	shape: shape === null ? null : shape.split("×").toReversed().join("×"),
});
const applied = ({ node, shape }: MatrixCell, prime = false): MatrixCell => ({
	node: row(prime ? element("msup", identifier("f"), operator("′")) : identifier("f"), inParentheses(node)),
	shape,
});
const plain = (node: MathNode): MatrixCell => ({ node, shape: null });

function shapeOf(group: Group, what: What, rows: boolean): string {
	const [weight] = group.head.run.parameters;
	if (what === "weight") return weight.shape.join("×");
	if (what === "bias") return rows ? `1×${group.units}` : `${group.units}×1`;
	return rows ? `${group.samples}×${group.units}` : `${group.units}×1`;
}

function writerOf(context: ExplainContext): Writer {
	const { structure, notation } = context;
	// UFLDL writes one sample as a column; Caffe and PyTorch write the batch, a sample a row.
	const rows = notation !== "ufldl";
	return {
		context,
		structure,
		rows,
		of: (group, what) => ({
			node: symbolNode(notations[notation].layerSymbol(structure, group.index, what)),
			shape: shapeOf(group, what, rows),
		}),
	};
}

function isDense(group: Group): boolean {
	return group.head.type === "InnerProduct" && group.head.run.settings.transpose !== true;
}

function forwardForm(writer: Writer, group: Group): readonly MatrixCell[] | null {
	const [source] = writer.structure.sourceGroups(group);
	if (source === undefined || !isDense(group)) return null;
	const [z, a, W, b] = [
		writer.of(group, "z"),
		writer.of(source, "a"),
		writer.of(group, "weight"),
		writer.of(group, "bias"),
	];
	const hasBias = group.head.run.parameters.length > 1;
	switch (writer.context.notation) {
		case "ufldl":
			return [z, op("="), W, a, ...(hasBias ? [op("+"), b] : [])];
		case "caffe": {
			const ones: MatrixCell = { node: constantNode(1), shape: `${group.samples}×1` };
			return [z, op("="), a, op("·"), transposed(W), ...(hasBias ? [op("+"), ones, op("·"), b] : [])];
		}
		case "pytorch":
			return [
				z,
				op("="),
				a,
				op("@"),
				{ ...transposed(W), node: row(W.node, codeText(".T")) },
				...(hasBias ? [op("+"), b] : []),
			];
	}
}

const slopeCells = (writer: Writer, group: Group): readonly MatrixCell[] =>
	group.elementwise.length === 0
		? []
		: [op(writer.context.notation === "pytorch" ? "*" : "⊙"), applied(writer.of(group, "z"), true)];

function pullCells(writer: Writer, next: Group): readonly MatrixCell[] | null {
	if (!isDense(next)) return null;
	const [W, delta] = [writer.of(next, "weight"), writer.of(next, "delta")];
	switch (writer.context.notation) {
		case "ufldl":
			return [{ ...transposed(W), node: element("msup", inParentheses(W.node), operator("⊤")) }, delta];
		case "caffe":
			return [delta, op("·"), W];
		case "pytorch":
			return [delta, op("@"), W];
	}
}

function probabilitySymbol({ context }: Writer, group: Group): MatrixCell {
	const symbol = { ufldl: letter("p"), caffe: code("prob"), pytorch: code("softmax") }[context.notation];
	return {
		node: symbolNode(symbol),
		shape: context.notation === "ufldl" ? `${group.units}×1` : `${group.samples}×${group.units}`,
	};
}

function errorCells(writer: Writer, group: Group, loss: Group): readonly MatrixCell[] | null {
	const target = writer.structure.sourceGroups(loss).find(({ role }) => role === "target");
	if (target === undefined) return null;
	const fused = loss.head.run.internals.probability !== undefined;
	const y: MatrixCell = { ...writer.of(target, "target"), shape: shapeOf(group, "a", writer.rows) };
	const guess = fused ? probabilitySymbol(writer, group) : writer.of(group, "a");
	return [guess, op("−"), y];
}

function deltaForm(writer: Writer, group: Group): readonly MatrixCell[] | null {
	const [next, ...others] = writer.structure.consumers(group);
	if (next === undefined || others.length > 0 || group.elementwise.length > 1) return null;
	const slope = slopeCells(writer, group);
	const back = next.role === "loss" ? errorCells(writer, group, next) : pullCells(writer, next);
	if (back === null) return null;
	const mean: readonly MatrixCell[] =
		next.role === "loss" && writer.rows && group.samples > 1
			? [
					op(writer.context.notation === "pytorch" ? "*" : "·"),
					plain(element("mfrac", constantNode(1), identifier("N"))),
				]
			: [];
	const guarded = slope.length > 0 || mean.length > 0 ? [OPEN, ...back, CLOSE] : back;
	return [writer.of(group, "delta"), op("="), ...guarded, ...mean, ...slope];
}

function gradientForm(writer: Writer, group: Group, isBias: boolean): readonly MatrixCell[] | null {
	const [source] = writer.structure.sourceGroups(group);
	if (source === undefined || !isDense(group)) return null;
	const [delta, a] = [writer.of(group, "delta"), writer.of(source, "a")];
	const parameter = writer.of(group, isBias ? "bias" : "weight");
	const { samples } = group;
	switch (writer.context.notation) {
		case "ufldl": {
			const left: MatrixCell = {
				node: element("mfrac", row(operator("∂"), identifier("J")), row(operator("∂"), parameter.node)),
				shape: parameter.shape,
			};
			const sum = [plain(element("mfrac", constantNode(1), identifier("m"))), plain(sumSign(OUTER))];
			return [left, op("="), ...(samples > 1 ? sum : []), delta, ...(isBias ? [] : [transposed(a)])];
		}
		case "caffe": {
			const ones: MatrixCell = { node: constantNode(1), shape: `${samples}×1` };
			const left = { ...parameter, node: row(parameter.node, codeText(".diff")) };
			return [left, op("+="), transposed(delta), op("·"), isBias ? ones : a];
		}
		case "pytorch": {
			const left = { ...parameter, node: row(parameter.node, codeText(".grad")) };
			const turned = { ...transposed(delta), node: row(delta.node, codeText(".T")) };
			return isBias
				? [left, op("+="), { ...delta, node: row(delta.node, codeText(".sum(0)")) }]
				: [left, op("+="), turned, op("@"), a];
		}
	}
}

/** One parameter's step: every element alike, so the scalar formula without its indices. */
function stepForm(
	writer: Writer,
	r: Extract<ScalarReference, { readonly kind: "parameter" }>,
): readonly MatrixCell[] | null {
	const { context, structure } = writer;
	const expression = tell(context, r);
	if (expression === null) return null;
	const group = structure.groupOf(r.layer, 0);
	const shape = shapeOf(group, isBias(structure, r.layer, r.slot) ? "bias" : "weight", writer.rows);
	const symbolOf = (reference: ScalarReference): MatrixCell => {
		const symbol = notations[context.notation].symbol(structure, reference);
		const { subscript: _, ...whole } = symbol;
		return { node: symbolNode(whole), shape: reference.kind === "solver" ? null : shape };
	};
	const right = elementwise(expression, symbolOf);
	return right === null ? null : [symbolOf(r), op("="), ...right];
}

function elementwise(
	expression: Expression,
	symbolOf: (r: ScalarReference) => MatrixCell,
): readonly MatrixCell[] | null {
	const join = (parts: readonly Expression[], sign: string): readonly MatrixCell[] | null => {
		const cells = parts.map((part) => elementwise(part, symbolOf));
		if (cells.some((cell) => cell === null)) return null;
		return cells.flatMap((cell, index) => [...(index === 0 ? [] : [op(sign)]), ...(cell ?? [])]);
	};
	switch (expression.kind) {
		case "scalar":
			return [symbolOf(expression.reference)];
		case "constant":
			return [plain(constantNode(expression.value))];
		case "sum":
			return join(expression.terms, "+");
		case "product":
			return join(expression.factors, "·");
		case "difference":
			return join([expression.left, expression.right], "−");
		default:
			return null;
	}
}

function topForm(writer: Writer, r: Extract<ScalarReference, { readonly kind: "top" }>): readonly MatrixCell[] | null {
	const group = writer.structure.groupOf(r.layer, r.slot);
	if (group.role !== "hidden" && group.role !== "output") return null;
	if (r.pass === "again") return null;
	if (r.side === "diff") return r.layer === group.head.name ? deltaForm(writer, group) : null;
	if (r.layer === group.head.name) return forwardForm(writer, group);
	return group.elementwise.length === 1 ? [writer.of(group, "a"), op("="), applied(writer.of(group, "z"))] : null;
}

const own = ({ context, structure }: Writer, r: ScalarReference) =>
	plain(symbolNode(notations[context.notation].symbol(structure, r)));

const overAll = (inner: MathNode, exponent: number | null): readonly MatrixCell[] => [
	plain(operator("Σ")),
	plain(exponent === null ? row(operator("|"), inner, operator("|")) : element("msup", inner, constantNode(exponent))),
];

/** What all weights together cost: λ/2 Σ W², or λ Σ |W|. */
function decayForm(writer: Writer, r: ScalarReference): readonly MatrixCell[] {
	const { settings } = writer.context.engine;
	const decay = own(writer, { kind: "solver", iteration: r.iteration, name: "weightDecay" });
	const l2 = settings.regularization === "L2";
	const factor = l2 ? plain(element("mfrac", decay.node, constantNode(2))) : decay;
	return [own(writer, r), op("="), factor, ...overAll(identifier("W"), l2 ? 2 : null)];
}

/** The length of all gradients as one vector. */
function normForm(writer: Writer, r: ScalarReference): readonly MatrixCell[] {
	const squares = overAll(identifier("g"), 2).map(({ node }) => node);
	return [own(writer, r), op("="), plain(element("msqrt", row(...squares)))];
}

/** A scalar's formula for its whole layer; null where there is none that says the same. */
export function matrixForm(context: ExplainContext, subject: Subject): readonly MatrixCell[] | null {
	const writer = writerOf(context);
	switch (subject.kind) {
		case "top":
			return topForm(writer, subject);
		case "parameter": {
			if (subject.moment === "before") return null;
			if (subject.moment === "gradient") {
				const group = context.structure.groupOf(subject.layer, 0);
				return gradientForm(writer, group, isBias(context.structure, subject.layer, subject.slot));
			}
			return stepForm(writer, subject);
		}
		case "loss":
			return subject.part === "decay" ? decayForm(writer, subject) : null;
		case "solver":
			return subject.name === "clipNorm" ? normForm(writer, subject) : null;
		case "internal": {
			const loss = context.structure.groupOf(subject.layer, 0);
			const [scores] = context.structure.sourceGroups(loss);
			if (scores === undefined || loss.head.type !== "SoftmaxWithLoss") return null;
			const z = writer.of(scores, "a");
			return [
				probabilitySymbol(writer, scores),
				op("="),
				{ node: row(operator("softmax"), inParentheses(z.node)), shape: z.shape },
			];
		}
		default:
			return null;
	}
}
