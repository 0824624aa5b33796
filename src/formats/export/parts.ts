/** A part of a long text, and how far it is: in numbers, lines, whatever it is made of. */
export interface TextPart {
	readonly text: string;
	readonly done: number;
	readonly of: number;
}
