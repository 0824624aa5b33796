import { part } from "../marks/linear-axis.ts";

/** When the last message of a unit has become a sliver, as a share of the step. */
export const MESSAGES_END = 0.5;

/** Of a message's progress the first part is its way along the edge, the rest its growing into a sliver. */
const ON_THE_WAY = 0.55;

export function travelled(progress: number): number {
	return part(progress, 0, ON_THE_WAY);
}

export function arrived(progress: number): number {
	return part(progress, ON_THE_WAY, 1);
}
