/**
 * A text as a sentence begins it. One letter standing alone is a symbol: z stays z, and δ is not Δ.
 */
export function capital(text: string): string {
	return /^\p{L}\P{L}/u.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
