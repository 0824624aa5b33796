import type { Net } from "./net.ts";

/**
 * Makes a twin (a net built from the same specification) hold what another net holds: inputs, parameters, the layers'
 * own values, and what the next pass will draw. What runs on the twin then leaves nothing behind.
 */
export function copyState(from: Net, to: Net): void {
	from.blobs.forEach((blob, index) => {
		to.blobs[index].data.set(blob.data);
	});
	from.learnable.forEach(({ blob }, index) => {
		to.learnable[index].blob.data.set(blob.data);
	});
	from.layers.forEach(({ run }, index) => {
		for (const [name, blob] of Object.entries(run.internals)) to.layers[index].run.internals[name].data.set(blob.data);
	});
	to.setDraw(from.draw);
}
