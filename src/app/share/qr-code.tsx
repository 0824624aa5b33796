import { qrModules } from "./qr-modules.ts";
import styles from "./share.module.css";

/** Bytes that the largest code holds; cameras fail well before. */
export const LONGEST_CODE = 2900;

/** Modules of quiet ground around a code. */
const BORDER = 4;

/** A link as a code for cameras: black on white in every theme. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
	const modules = qrModules(text, text.length > 400 ? "low" : "medium");
	const path = modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
	const size = modules.length + 2 * BORDER;
	return (
		<svg className={styles.code} viewBox={`${-BORDER} ${-BORDER} ${size} ${size}`} role="img" aria-label={label}>
			<rect x={-BORDER} y={-BORDER} width={size} height={size} fill="#fff" />
			<path d={path} fill="#000" shapeRendering="crispEdges" />
		</svg>
	);
}
