import { useEffect, useRef, useState } from "react";
import { useText } from "../../store/hooks.ts";
import styles from "./share.module.css";

interface PreviewProps {
	readonly url: string;
	readonly title: string;
	readonly width: number;
	readonly height: number;
}

/** Higher than this it would push everything else out of sight. */
const TALLEST = 300;

/** The embedded page as it will be, alive, made smaller where there is no room for it. */
export function Preview({ url, title, width, height }: PreviewProps) {
	const { share } = useText();
	const box = useRef<HTMLDivElement>(null);
	const [room, setRoom] = useState(width);
	useEffect(() => {
		const element = box.current;
		if (element === null) return undefined;
		const observer = new ResizeObserver(() => setRoom(element.clientWidth));
		observer.observe(element);
		return () => observer.disconnect();
	}, []);
	const scale = Math.min(1, room / width, TALLEST / height);
	return (
		<section>
			<h3 className={styles.previewTitle}>
				{share.preview} <span>{share.previewOf(String(width), String(height), String(Math.round(scale * 100)))}</span>
			</h3>
			<div ref={box} className={styles.previewRoom} style={{ height: Math.ceil(height * scale) }}>
				<iframe
					// A new address behind the # alone would not load anything.
					key={url}
					src={url}
					title={title}
					width={width}
					height={height}
					style={{ transform: `scale(${scale}) translateX(-50%)` }}
				/>
			</div>
		</section>
	);
}
