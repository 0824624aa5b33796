import { createGradientChecker, type GradientTarget } from "../gradient-check.ts";
import type { Net } from "../net.ts";

/** Every derivative of a net's loss: by each parameter's and each input's elements. */
export function gradientTargets(net: Net): readonly GradientTarget[] {
	const elements = (count: number) => Array.from({ length: count }, (_, index) => index);
	return [
		...net.learnable.flatMap(({ layer, slot, blob }) =>
			elements(blob.count).map((index): GradientTarget => ({ kind: "parameter", layer, slot, index })),
		),
		...net.inputs.flatMap(({ name, blob }) =>
			elements(blob.count).map((index): GradientTarget => ({ kind: "input", blob: name, index })),
		),
	];
}

/** Each derivative at the net's present state that no central difference confirms. */
export function wrongGradients(
	net: Net,
	isChecked: (target: GradientTarget) => boolean = () => true,
): readonly string[] {
	const checker = createGradientChecker(net);
	return gradientTargets(net)
		.filter(isChecked)
		.flatMap((target) => {
			const check = checker.check(target);
			if (check === null || check.agrees) return [];
			const { analytic, best, loss } = check;
			return [
				`${JSON.stringify(target)}: ${analytic}, by difference ${best.numeric} (ε ${best.epsilon}, loss ${loss})`,
			];
		});
}
