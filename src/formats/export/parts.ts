/** How far a long file is: in numbers, lines, whatever it is made of. */
interface Far {
	readonly done: number;
	readonly of: number;
}

/** A part of a long text. */
export interface TextPart extends Far {
	readonly text: string;
}

/** A part of a long file that is no text. */
export interface BytePart extends Far {
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Bytes that are made piece by piece. */
export interface Pieces {
	/** Of all pieces together, about. */
	readonly size: number;
	readonly pieces: Iterable<Uint8Array<ArrayBuffer>>;
}
