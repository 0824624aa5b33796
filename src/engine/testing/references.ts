import type { Net } from "../net.ts";
import { PARAMETER_MOMENTS, type ScalarReference } from "../reference.ts";
import type { SolverSettings } from "../specification.ts";

const range = (count: number) => Array.from({ length: count }, (_, k) => k);

function inPass(net: Net, iteration: number, pass: number | "again"): ScalarReference[] {
	return net.layers.flatMap(({ name, run }): ScalarReference[] => [
		...run.tops.flatMap((top, slot) =>
			range(top.count).flatMap((index) =>
				(["data", "diff"] as const).map(
					(side): ScalarReference => ({ kind: "top", iteration, pass, layer: name, slot, side, index }),
				),
			),
		),
		...Object.entries(run.internals).flatMap(([internal, blob]) =>
			range(blob.count).flatMap((index) =>
				(["data", "diff"] as const).map(
					(side): ScalarReference => ({ kind: "internal", iteration, pass, layer: name, name: internal, side, index }),
				),
			),
		),
	]);
}

function sharesOf(net: Net, iteration: number, pass: number, rows: (layer: string, slot: number) => number) {
	return net.layers.flatMap((layer) =>
		layer.run.parameters.flatMap((blob, slot) => {
			const samples = range(rows(layer.name, slot));
			return range(blob.count).flatMap((index) =>
				samples.map(
					(sample): ScalarReference => ({ kind: "share", iteration, pass, sample, layer: layer.name, slot, index }),
				),
			);
		}),
	);
}

/** Every scalar that an iteration of a net can have, computed or not; `rows` says how many shares a gradient has. */
export function allReferences(
	net: Net,
	settings: SolverSettings,
	iteration: number,
	rows: (layer: string, slot: number) => number,
): readonly ScalarReference[] {
	const passes = range(settings.iterSize);
	const parameters = net.learnable.flatMap(({ layer, slot, blob }) =>
		range(blob.count).flatMap((index) =>
			PARAMETER_MOMENTS.map(
				(moment): ScalarReference => ({ kind: "parameter", iteration, layer, slot, moment, index }),
			),
		),
	);
	const losses = [...passes, "again" as const].flatMap((pass) =>
		(["data", "decay", "total"] as const).map((part): ScalarReference => ({ kind: "loss", iteration, pass, part })),
	);
	const solver: readonly ScalarReference[] = [
		...(["rate", "momentum", "weightDecay", "iterSize"] as const).map(
			(name): ScalarReference => ({ kind: "solver", iteration, name }),
		),
		...net.learnable.flatMap(({ layer, slot }) =>
			(["rate", "weightDecay"] as const).map(
				(name): ScalarReference => ({ kind: "solver", iteration, name, layer, slot }),
			),
		),
		...(settings.clipGradients < 0
			? []
			: (["clipNorm", "clipScale", "clipGradients"] as const).map(
					(name): ScalarReference => ({ kind: "solver", iteration, name }),
				)),
	];
	return [
		...[...passes, "again" as const].flatMap((pass) => inPass(net, iteration, pass)),
		...passes.flatMap((pass) => sharesOf(net, iteration, pass, rows)),
		...parameters,
		...losses,
		...solver,
	];
}
