import { type BaseSettings, isNatural, logOfBase } from "../../../../engine/layers/base.ts";
import type { NetLayer } from "../../../../engine/net.ts";
import { exp as naturalPower } from "../../../../engine/numerics/exp.ts";
import { pow } from "../../../../engine/numerics/pow.ts";
import { type LayerWriter, numberSetting, someValue } from "../layer-code.ts";
import { pythonNumber as n } from "../literals.ts";
import { elementwise } from "./elementwise.ts";

const scaleAndShift = (layer: NetLayer) => ({
	scale: numberSetting(layer, "scale"),
	shift: numberSetting(layer, "shift"),
});
const baseOf = (layer: NetLayer): BaseSettings => ({ ...scaleAndShift(layer), base: numberSetting(layer, "base") });

/** `scale · x + shift`, also where it is x: a name of its own. */
function line(x: string, layer: NetLayer): string {
	const { scale, shift } = scaleAndShift(layer);
	return `(${n(scale)} * ${x} + ${n(shift)})`;
}

export const power: LayerWriter = elementwise({
	slopeFirst: true,
	value(x, layer, library) {
		const { scale } = scaleAndShift(layer);
		const p = numberSetting(layer, "power");
		if (p * scale === 0) {
			const value = p === 0 ? "1.0" : `${n(numberSetting(layer, "shift"))} ** ${n(p)}`;
			return `${library.name}.full_like(${x}, ${value})`;
		}
		return p === 1 ? line(x, layer) : `${line(x, layer)} ** ${n(p)}`;
	},
	slope(x, y, layer) {
		const { scale, shift } = scaleAndShift(layer);
		const p = numberSetting(layer, "power");
		const steepness = p * scale;
		if (steepness === 0) return `np.zeros_like(${x})`;
		if (p === 1) return `np.full_like(${x}, ${n(steepness)})`;
		if (p === 2) return `(${n(steepness * scale)} * ${x} + ${n(steepness * shift)})`;
		if (shift === 0) return `(${y} / ${x} * ${n(p)})`;
		return `(${y} / ${line(x, layer)} * ${n(steepness)})`;
	},
	inexact(layer, { x: [x] }) {
		const { scale, shift } = scaleAndShift(layer);
		const p = numberSetting(layer, "power");
		// Caffe divides by the base of the power.
		const divides = p * scale !== 0 && p !== 1 && p !== 2;
		return divides && someValue(x, (value) => scale * value + shift === 0) ? "own" : null;
	},
});

/** `base^(shift + scale · x)` as `outer · e^(inner · x)`. */
function exponent(layer: NetLayer) {
	const base = baseOf(layer);
	const outer = isNatural(base) ? naturalPower(base.shift) : pow(base.base, base.shift);
	return { outer: base.shift === 0 ? 1 : outer, inner: logOfBase(base) * base.scale };
}

export const exp: LayerWriter = elementwise({
	value(x, layer, { name }) {
		const { outer, inner } = exponent(layer);
		const own = `${name}.exp(${n(inner)} * ${x})`;
		return outer === 1 ? own : `${n(outer)} * ${own}`;
	},
	slope: (_x, y, layer) => `${y} * ${n(exponent(layer).inner)}`,
});

export const log: LayerWriter = elementwise({
	slopeFirst: true,
	value: (x, layer, { name }) => `${name}.log${line(x, layer)} * ${n(1 / logOfBase(baseOf(layer)))}`,
	slope(x, _y, layer) {
		const { scale } = scaleAndShift(layer);
		return `(${n(scale * (1 / logOfBase(baseOf(layer))))} / ${line(x, layer)})`;
	},
});
