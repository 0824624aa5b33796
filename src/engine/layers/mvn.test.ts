import { expect, it } from "vitest";
import { buildNet } from "../net.ts";
import { layer, net } from "../testing/dense-nets.ts";
import "./index.ts";

/** Three numbers, normalised and then weighed by 1, −2, 4. */
function build(eps: number) {
	const built = buildNet(
		net(
			[
				layer("Input", "x", [], ["x", "w"], { settings: { shape: [{ dim: [1, 1, 1, 3] }] } }),
				layer("MVN", "y", ["x"], ["y"], { settings: { eps } }),
				layer("Eltwise", "weighed", ["y", "w"], ["weighed"], { settings: { operation: "PROD" } }),
				layer("Reduction", "sum", ["weighed"], ["sum"], { lossWeights: [1] }),
			],
			true,
		),
	);
	const [x, w] = built.inputs.map(({ blob }) => blob);
	x.data.set([0.3, -0.7, 1.9]);
	w.data.set([1, -2, 4]);
	return { built, x, y: built.layer("y").run.tops[0] };
}

/** How much Caffe's diff of x lacks to the derivative, as central differences give it. */
function lacks(eps: number): readonly number[] {
	const { built, x } = build(eps);
	built.forward();
	built.backward();
	const step = 1e-5;
	return Array.from(x.data, (value, at) => {
		const [above, below] = [value + step, value - step].map((moved) => {
			x.data[at] = moved;
			return built.forward();
		});
		x.data[at] = value;
		return (above - below) / (2 * step) - x.diff[at];
	});
}

it("MVN's diff is the derivative where eps is as good as nothing", () => {
	for (const lack of lacks(1e-9)) expect(Math.abs(lack)).toBeLessThan(1e-7);
});

it("MVN's diff leaves out that eps is no part of the variance, as Caffe's does: −y mean(dy y) (1/√v − 1/(√v + eps))", () => {
	const eps = 0.5;
	const { built, x, y } = build(eps);
	built.forward();
	built.backward();
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const centre = mean([...x.data]);
	const deviation = Math.sqrt(mean([...x.data].map((value) => (value - centre) ** 2)));
	const pull = mean([...y.data].map((value, at) => value * y.diff[at]));
	lacks(eps).forEach((lack, at) => {
		expect(lack).toBeCloseTo(-y.data[at] * pull * (1 / deviation - 1 / (deviation + eps)), 7);
	});
});
