import { useId, useRef, useState } from "react";
import { useText } from "../../store/hooks.ts";
import styles from "./import.module.css";

interface GivenProps {
	readonly onFiles: (files: Iterable<File>) => void;
	readonly onText: (text: string) => void;
}

/** Where files are chosen or dropped, and text is pasted. */
export function Given({ onFiles, onText }: GivenProps) {
	const { imports } = useText();
	const [pasted, setPasted] = useState("");
	const input = useRef<HTMLInputElement>(null);
	const id = useId();
	return (
		<div className={styles.given}>
			<div className={styles.drop}>
				<span>{imports.drop}</span>
				<button type="button" className="button" onClick={() => input.current?.click()}>
					{imports.choose} …
				</button>
				<input
					ref={input}
					hidden
					type="file"
					multiple
					accept=".json,.prototxt,.pbtxt,.txt,.caffemodel,.npz,.csv,.tsv"
					onChange={(event) => {
						onFiles([...(event.target.files ?? [])]);
						event.target.value = "";
					}}
				/>
			</div>
			<div className={styles.paste}>
				<label htmlFor={id}>{imports.paste}</label>
				<textarea
					id={id}
					rows={3}
					spellCheck={false}
					placeholder={imports.pasteExample}
					value={pasted}
					onChange={(event) => setPasted(event.target.value)}
					onPaste={(event) => {
						if (event.clipboardData.files.length === 0) return;
						event.preventDefault();
						onFiles([...event.clipboardData.files]);
					}}
				/>
				<button
					type="button"
					className="button"
					aria-disabled={pasted.trim() === ""}
					onClick={() => {
						if (pasted.trim() === "") return;
						onText(pasted);
						setPasted("");
					}}
				>
					{imports.read}
				</button>
			</div>
		</div>
	);
}
