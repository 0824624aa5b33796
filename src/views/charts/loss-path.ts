/** A loss as a place on the chart; null where it is not finite. */
export interface LossPoint {
	readonly iteration: number;
	readonly loss: number | null;
}

/**
 * At most `limit` points of a run's losses (index 0 is iteration 1): of each stretch its largest, so that a spike is
 * never lost, and always the last.
 */
export function thinLosses(losses: readonly number[], limit: number): LossPoint[] {
	const stretch = Math.max(1, Math.ceil(losses.length / limit));
	const points: LossPoint[] = [];
	for (let begin = 0; begin < losses.length; begin += stretch) {
		let chosen = begin;
		for (let index = begin; index < Math.min(begin + stretch, losses.length); index++) {
			if (!Number.isFinite(losses[index])) {
				chosen = index;
				break;
			}
			if (losses[index] > losses[chosen]) chosen = index;
		}
		points.push(pointAt(losses, chosen));
	}
	const last = losses.length - 1;
	if (last >= 0 && points.at(-1)?.iteration !== last + 1) points.push(pointAt(losses, last));
	return points;
}

function pointAt(losses: readonly number[], index: number): LossPoint {
	const loss = losses[index];
	return { iteration: index + 1, loss: Number.isFinite(loss) ? loss : null };
}

/** Abscissa and ordinate of a loss: iterations 1 … last over the width, 0 … largest over the height. */
export interface LossScale {
	x(iteration: number): number;
	y(loss: number): number;
	readonly maximum: number;
}

export function lossScale(points: readonly LossPoint[], iterations: number, width: number, height: number): LossScale {
	const maximum = points.reduce((largest, { loss }) => Math.max(largest, loss ?? 0), 0) || 1;
	return {
		maximum,
		x: (iteration) => (iterations <= 1 ? 0 : ((iteration - 1) / (iterations - 1)) * width),
		y: (loss) => height - (loss / maximum) * height,
	};
}

/** Path data through the finite points; a gap where a loss is not finite. */
export function lossPath(points: readonly LossPoint[], scale: LossScale): string {
	let path = "";
	let open = false;
	for (const { iteration, loss } of points) {
		if (loss === null) {
			open = false;
			continue;
		}
		path += `${open ? "L" : "M"}${scale.x(iteration).toFixed(1)} ${scale.y(loss).toFixed(1)}`;
		open = true;
	}
	return path;
}
