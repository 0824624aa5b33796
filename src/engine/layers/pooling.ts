import { constant, maximum, quotient, sum } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { choice, engineChoice, flag, integer, optionalInteger, type SettingsOf } from "../settings.ts";
import { type Shape, shapeText } from "../shape.ts";

const settings = {
	pool: choice(["MAX", "AVE", "STOCHASTIC"], "MAX"),
	pad: integer(0, { minimum: 0 }),
	pad_h: optionalInteger({ minimum: 0 }),
	pad_w: optionalInteger({ minimum: 0 }),
	kernel_size: optionalInteger({ minimum: 1 }),
	kernel_h: optionalInteger({ minimum: 1 }),
	kernel_w: optionalInteger({ minimum: 1 }),
	stride: integer(1, { minimum: 1 }),
	stride_h: optionalInteger({ minimum: 1 }),
	stride_w: optionalInteger({ minimum: 1 }),
	global_pooling: flag(false),
	round_mode: choice(["CEIL", "FLOOR"], "CEIL"),
	engine: engineChoice(),
};

type Settings = SettingsOf<typeof settings>;
type Run = LayerRun<Settings>;

interface Axis {
	readonly size: number;
	readonly out: number;
	readonly kernel: number;
	readonly stride: number;
	readonly pad: number;
}

function axisOf(s: Settings, which: "h" | "w", size: number): Axis {
	const kernel = s.global_pooling ? size : (s[`kernel_${which}`] ?? s.kernel_size ?? 0);
	const stride = s[`stride_${which}`] ?? s.stride;
	const pad = s[`pad_${which}`] ?? s.pad;
	const steps = (size + 2 * pad - kernel) / stride;
	const full = (s.round_mode === "CEIL" ? Math.ceil(steps) : Math.floor(steps)) + 1;
	const padded = (s.pad_h ?? s.pad) > 0 || (s.pad_w ?? s.pad) > 0;
	// A last window that would begin in the far padding is dropped.
	const out = padded && (full - 1) * stride >= size + pad ? full - 1 : full;
	return { size, out, kernel, stride, pad };
}

interface Axes {
	readonly height: Axis;
	readonly width: Axis;
}

const axesOf = (s: Settings, shape: Shape): Axes => ({
	height: axisOf(s, "h", shape[2]),
	width: axisOf(s, "w", shape[3]),
});

const known = new WeakMap<Run, Axes & { readonly winners: Int32Array }>();

/** Sizes, and room for the winner of each window: its place in the plane. */
function workspaceOf(run: Run) {
	const found = known.get(run);
	if (found !== undefined) return found;
	const made = { ...axesOf(run.settings, run.bottoms[0].shape), winners: new Int32Array(run.tops[0].count) };
	known.set(run, made);
	return made;
}

const firstOf = ({ stride, pad }: Axis, out: number) => out * stride - pad;
const startOf = (axis: Axis, out: number) => Math.max(0, firstOf(axis, out));
const endOf = (axis: Axis, out: number) => Math.min(firstOf(axis, out) + axis.kernel, axis.size);
/** Elements that an average counts along an axis: the near padding and the far one do, what hangs over beyond does not. */
const countedOf = (axis: Axis, out: number) =>
	Math.min(firstOf(axis, out) + axis.kernel, axis.size + axis.pad) - firstOf(axis, out);

/** The places of the plane under a window, row by row. */
function placesUnder({ height, width }: Axes, place: number): readonly number[] {
	const y = Math.floor(place / width.out);
	const x = place % width.out;
	const places: number[] = [];
	for (let h = startOf(height, y); h < endOf(height, y); h++) {
		for (let w = startOf(width, x); w < endOf(width, x); w++) places.push(h * width.size + w);
	}
	return places;
}

/** The windows over a place of the plane, in the order in which backward adds their shares. */
function windowsOver(axes: Axes, place: number): readonly number[] {
	const { height, width } = axes;
	return Array.from({ length: height.out * width.out }, (_, window) => window).filter((window) => {
		const h = Math.floor(place / width.size);
		const w = place % width.size;
		const y = Math.floor(window / width.out);
		const x = window % width.out;
		return h >= startOf(height, y) && h < endOf(height, y) && w >= startOf(width, x) && w < endOf(width, x);
	});
}

const dividedBy = ({ height, width }: Axes, window: number) =>
	countedOf(height, Math.floor(window / width.out)) * countedOf(width, window % width.out);

const NOTHING = -1;
/** What Caffe's maximum of nothing is: the smallest float. */
const EMPTY_MAXIMUM = -(2 - 2 ** -23) * 2 ** 127;

function forwardMax(run: Run): void {
	const { height, width, winners } = workspaceOf(run);
	const [{ data }] = run.bottoms;
	const [{ data: top }, mask] = run.tops;
	const plane = height.size * width.size;
	let at = 0;
	for (let start = 0; start < data.length; start += plane) {
		for (let y = 0; y < height.out; y++) {
			const firstRow = startOf(height, y);
			const endRow = endOf(height, y);
			for (let x = 0; x < width.out; x++) {
				const first = startOf(width, x);
				const end = endOf(width, x);
				// A stride longer than the kernel can leave a last window with nothing under it.
				let winner = firstRow < endRow && first < end ? firstRow * width.size + first : NOTHING;
				let best = -Number.MAX_VALUE;
				for (let h = firstRow; h < endRow; h++) {
					for (let w = first; w < end; w++) {
						const value = data[start + h * width.size + w];
						if (value > best) {
							best = value;
							winner = h * width.size + w;
						}
					}
				}
				// What is no number beats nothing, and must not vanish.
				top[at] = winner === NOTHING ? EMPTY_MAXIMUM : data[start + winner];
				winners[at] = winner;
				at++;
			}
		}
	}
	mask?.data.set(winners);
}

function forwardAverage(run: Run): void {
	const { height, width } = workspaceOf(run);
	const [{ data }] = run.bottoms;
	const [{ data: top }] = run.tops;
	const plane = height.size * width.size;
	let at = 0;
	for (let start = 0; start < data.length; start += plane) {
		for (let y = 0; y < height.out; y++) {
			const endRow = endOf(height, y);
			const counted = countedOf(height, y);
			for (let x = 0; x < width.out; x++) {
				const first = startOf(width, x);
				const end = endOf(width, x);
				let total = 0;
				for (let h = startOf(height, y); h < endRow; h++) {
					for (let w = first; w < end; w++) total += data[start + h * width.size + w];
				}
				top[at++] = total / (counted * countedOf(width, x));
			}
		}
	}
}

function backwardAverage(run: Run): void {
	const { height, width } = workspaceOf(run);
	const [{ diff }] = run.bottoms;
	const [{ diff: top }] = run.tops;
	const plane = height.size * width.size;
	let at = 0;
	for (let start = 0; start < diff.length; start += plane) {
		for (let y = 0; y < height.out; y++) {
			const endRow = endOf(height, y);
			const counted = countedOf(height, y);
			for (let x = 0; x < width.out; x++) {
				const end = endOf(width, x);
				const share = top[at++] / (counted * countedOf(width, x));
				for (let h = startOf(height, y); h < endRow; h++) {
					for (let w = startOf(width, x); w < end; w++) diff[start + h * width.size + w] += share;
				}
			}
		}
	}
}

/**
 * Pooling over images `[N, C, H, W]`: the largest or the average of each window, `out = ⌈(in + 2 pad − kernel) /
 * stride⌉ + 1`, a window that would begin in the far padding dropped.
 *
 * - MAX: the first largest wins and gets the whole diff; a second top holds its place in the plane.
 * - AVE: divided by the window's size, padding counted, what hangs over beyond it not; the diff spreads evenly.
 *
 * Source: Caffe, PoolingLayer; caffe-semantics, 2.3.
 */
export const poolingLayer = defineLayer({
	type: "Pooling",
	parameterField: "pooling_param",
	settings,
	bottoms: 1,
	tops: [1, 2],
	picture: "window",
	plan(s, [bottom], layer, tops) {
		const refuse = (setting: string, expected: string, found: string): never => {
			throw new EngineError({ code: "setting", layer, setting, expected, found });
		};
		if (bottom.length !== 4) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "bottom",
				expected: "4 axes",
				found: shapeText(bottom),
			});
		}
		if (s.pool === "STOCHASTIC") return refuse("pool", "MAX, AVE", s.pool);
		const { height, width } = axesOf(s, bottom);
		for (const axis of [height, width]) {
			if (axis.kernel < 1) return refuse("kernel_size", "≥ 1", "");
			if (axis.pad >= axis.kernel) return refuse("pad", `< ${axis.kernel}`, `${axis.pad}`);
			if (s.global_pooling && axis.pad > 0) return refuse("pad", "0 with global_pooling", `${axis.pad}`);
			if (axis.out < 1) {
				throw new EngineError({
					code: "shape-mismatch",
					layer,
					what: "kernel",
					expected: `at most ${axis.size + 2 * axis.pad}`,
					found: `${axis.kernel}`,
				});
			}
		}
		const top = [bottom[0], bottom[1], height.out, width.out];
		return { tops: Array.from({ length: tops }, () => top) };
	},
	forward(run) {
		if (run.settings.pool === "MAX") forwardMax(run);
		else forwardAverage(run);
	},
	backward(run) {
		if (!run.bottomNeedsDiff[0]) return;
		const [{ diff }] = run.bottoms;
		diff.fill(0);
		if (run.settings.pool !== "MAX") {
			backwardAverage(run);
			return;
		}
		const { height, width, winners } = workspaceOf(run);
		const [{ diff: top }] = run.tops;
		const plane = height.size * width.size;
		const windows = height.out * width.out;
		for (let start = 0, at = 0; start < diff.length; start += plane) {
			for (let window = 0; window < windows; window++, at++) {
				if (winners[at] !== NOTHING) diff[start + winners[at]] += top[at];
			}
		}
	},
	explain: {
		top(scope, slot, index) {
			const axes = axesOf(scope.run.settings, scope.run.bottoms[0].shape);
			const windows = axes.height.out * axes.width.out;
			const plane = axes.height.size * axes.width.size;
			const start = Math.floor(index / windows) * plane;
			const places = placesUnder(axes, index % windows);
			if (slot === 1) {
				// Which one wins is a case, not a sum.
				const values = places.map((place) => scope.bottomValue(0, start + place));
				return constant(places.length === 0 ? NOTHING : places[values.indexOf(Math.max(...values))]);
			}
			const under = places.map((place) => scope.bottom(0, start + place));
			if (scope.run.settings.pool === "MAX") return under.length === 0 ? constant(EMPTY_MAXIMUM) : maximum(...under);
			return quotient(sum(under, "elements"), constant(dividedBy(axes, index % windows)));
		},
		bottomDiff(scope, _slot, index) {
			const axes = axesOf(scope.run.settings, scope.run.bottoms[0].shape);
			const windows = axes.height.out * axes.width.out;
			const plane = axes.height.size * axes.width.size;
			const image = Math.floor(index / plane);
			const over = windowsOver(axes, index % plane);
			const delta = (window: number) => scope.top(0, image * windows + window, "diff");
			if (scope.run.settings.pool !== "MAX") {
				return sum(
					over.map((window) => quotient(delta(window), constant(dividedBy(axes, window)))),
					"windows",
				);
			}
			const wins = (window: number) => {
				const places = placesUnder(axes, window);
				const values = places.map((place) => scope.bottomValue(0, image * plane + place));
				return places.length > 0 && places[values.indexOf(Math.max(...values))] === index % plane;
			};
			return sum(over.filter(wins).map(delta), "windows");
		},
	},
});
