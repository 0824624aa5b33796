import { encodeQR } from "qr";
import styles from "./share.module.css";

/** Bytes that the largest code holds; cameras fail well before. */
export const LONGEST_CODE = 2900;

/** Modules of quiet ground around a code. */
const BORDER = 4;

/** A link as a code for cameras: black on white in every theme. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
	const modules = encodeQR(text, "raw", { ecc: text.length > 400 ? "low" : "medium", border: BORDER });
	const path = modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
	return (
		<svg className={styles.code} viewBox={`0 0 ${modules.length} ${modules.length}`} role="img" aria-label={label}>
			<rect width="100%" height="100%" fill="#fff" />
			<path d={path} fill="#000" shapeRendering="crispEdges" />
		</svg>
	);
}
