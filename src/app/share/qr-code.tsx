import { correction, generate } from "lean-qr/nano";
import styles from "./share.module.css";

/** Bytes that the largest code holds; cameras fail well before. */
export const LONGEST_CODE = 2900;

/** Modules of quiet ground around a code. */
const BORDER = 4;

/** A link as a code for cameras: black on white in every theme. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
	// A long one would have too many modules for a camera.
	const code = generate(text, { minCorrectionLevel: text.length > 400 ? correction.L : correction.M });
	const along = Array.from({ length: code.size }, (_, place) => place);
	const path = along
		.flatMap((y) => along.map((x) => (code.get(x, y) ? `M${x + BORDER} ${y + BORDER}h1v1h-1z` : "")))
		.join("");
	const whole = code.size + 2 * BORDER;
	return (
		<svg className={styles.code} viewBox={`0 0 ${whole} ${whole}`} role="img" aria-label={label}>
			<rect width="100%" height="100%" fill="#fff" />
			<path d={path} fill="#000" shapeRendering="crispEdges" />
		</svg>
	);
}
