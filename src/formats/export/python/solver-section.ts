import { localDecay } from "../../../engine/solver/decay.ts";
import { pythonNumber } from "./literals.ts";
import { comment } from "./names.ts";
import { type CodeContext, checked } from "./net-code.ts";
import type { CodeTexts } from "./script.ts";
import { clipLines, decayLine, decayLoss, updateLines } from "./solver-lines.ts";

/** Caffe's pipeline from the summed gradients to the new values, with each step's numbers compared. */
export function solverSection(
	{ iteration, names, numbers, passes, library: { name: library } }: CodeContext,
	texts: CodeTexts,
	/** Learnable parameters whose gradient is taken as recorded; those whose gradient the passes have computed. */
	taken: ReadonlySet<number>,
	begun: ReadonlySet<number>,
): readonly string[] {
	const { net, trace } = iteration;
	const { settings } = trace;
	const lines: string[] = [comment(texts.gradients)];
	const plain = (key: string, values: ArrayLike<number>, index: number) =>
		numbers.plain(key, values, net.learnable[index].blob.shape);

	for (const { index, blob } of net.learnable) {
		const { gradient, value } = names.parameters[index];
		const recorded = trace.parameters[index];
		if (taken.has(index)) {
			lines.push(comment(texts.takenGradient));
			lines.push(...`${gradient} = ${numbers.array(gradient, recorded.gradient, blob.shape)}`.split("\n"));
		} else {
			if (!begun.has(index) && !passes.loops) lines.push(`${gradient} = ${library}.zeros_like(${value})`);
			lines.push(...checked(gradient, gradient, plain(gradient, recorded.gradient, index)));
		}
	}

	lines.push("", comment(texts.solver(settings.type, settings.lrPolicy)));
	const gradients = net.learnable.map(({ index }) => names.parameters[index].gradient);
	if (trace.clip !== null) {
		lines.push(comment(texts.clip), ...clipLines(gradients, settings.clipGradients, library));
		lines.push(
			...checked("norm", "norm", pythonNumber(trace.clip.norm)),
			...checked("scale", "scale", pythonNumber(trace.clip.scale)),
		);
	}
	for (const parameter of net.learnable) {
		const { index, layer, lrMult } = parameter;
		const own = names.parameters[index];
		const recorded = trace.parameters[index];
		lines.push("", comment(`${layer}: ${own.value}`));
		if (recorded.clipped !== null) {
			lines.push(`${own.gradient} = ${own.gradient} * scale`);
			lines.push(...checked(own.gradient, own.gradient, plain(`${own.gradient} clipped`, recorded.clipped, index)));
		}
		if (recorded.normalized !== null) {
			lines.push(`${own.gradient} = ${own.gradient} / ${settings.iterSize}.0`);
			lines.push(
				...checked(own.gradient, own.gradient, plain(`${own.gradient} normalized`, recorded.normalized, index)),
			);
		}
		const decay = decayLine(own, settings, parameter, library);
		if (decay !== null && recorded.regularized !== null) {
			lines.push(decay);
			lines.push(
				...checked(own.gradient, own.gradient, plain(`${own.gradient} regularized`, recorded.regularized, index)),
			);
		}
		lines.push(`rate = ${pythonNumber(trace.rate)} * ${pythonNumber(lrMult)}`);
		lines.push(...updateLines(own, settings, trace.iteration, library));
		own.history.forEach((name, k) => {
			lines.push(...checked(name, name, plain(`${name} new`, recorded.history[k], index)));
		});
		lines.push(...checked(own.update, own.update, plain(own.update, recorded.update, index)));
		lines.push(...checked(own.after, own.after, plain(own.after, recorded.after, index)));
	}

	const before = net.learnable.map((parameter) => ({ parameter, value: names.parameters[parameter.index].value }));
	const after = net.learnable.map((parameter) => ({ parameter, value: names.parameters[parameter.index].after }));
	const isDecaying = net.learnable.some(({ decayMult }) => localDecay(settings, decayMult) !== 0);
	if (isDecaying) {
		const [first] = trace.passes;
		lines.push("", comment(texts.decay));
		lines.push(`decay_loss = ${decayLoss(before, settings, library)}`);
		// What a layer moves in its own forward pass is no longer as it was when the decay was added up.
		const isMoved = net.learnable.some(
			({ movedByLayer, decayMult }) => movedByLayer && localDecay(settings, decayMult) !== 0,
		);
		if (!isMoved) lines.push(...checked("decay_loss", "decay_loss", pythonNumber(first.decayLoss)));
		lines.push(`decay_loss = ${decayLoss(after, settings, library)}`);
		lines.push(...checked("decay_loss", "decay_loss", pythonNumber(trace.again.decayLoss)));
	}
	return lines;
}
