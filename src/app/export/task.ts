/** A file that takes its time: it tells how far it is, and stops when told to. */
export interface Task {
	readonly signal: AbortSignal;
	progress(done: number, of: number): void;
}
