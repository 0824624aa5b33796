const known = new Map<string, PlainColour>();

export interface PlainColour {
	/** `#rrggbb`. */
	readonly colour: string;
	readonly opacity: number;
}

let context: CanvasRenderingContext2D | null = null;

/**
 * A computed colour as programs outside of browsers know it: `light-dark()`, `color-mix()` and `oklab()` are painted
 * once and read back.
 */
export function plainColour(css: string): PlainColour {
	const found = known.get(css);
	if (found !== undefined) return found;
	context ??= createContext();
	context.clearRect(0, 0, 1, 1);
	context.fillStyle = "#000";
	context.fillStyle = css;
	context.fillRect(0, 0, 1, 1);
	const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
	const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("");
	const plain = { colour: `#${hex}`, opacity: Math.round((alpha / 255) * 1000) / 1000 };
	known.set(css, plain);
	return plain;
}

function createContext(): CanvasRenderingContext2D {
	const canvas = document.createElement("canvas");
	canvas.width = 1;
	canvas.height = 1;
	const made = canvas.getContext("2d", { willReadFrequently: true });
	if (made === null) throw new Error("no canvas");
	return made;
}
