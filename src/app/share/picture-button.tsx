import { useState } from "react";
import { useText } from "../../store/hooks.ts";
import { formats } from "../export/formats.ts";
import { PICTURE_THEMES, type PictureTheme } from "../export/picture.ts";
import { useWish } from "../export/use-wish.ts";
import menu from "../menus.module.css";
import { PopoverButton } from "../popover-button.tsx";
import { saveFile } from "./save-file.ts";

const KINDS = ["svg", "png"] as const;

interface PictureButtonProps {
	/** As chosen for the page; a picture has no theme of its reader's. */
	readonly theme: string;
}

/** The stage as a picture, in the theme that was chosen. */
export function PictureButton({ theme }: PictureButtonProps) {
	const { share, exporting } = useText();
	const wish = useWish(PICTURE_THEMES.find((one): one is PictureTheme => one === theme) ?? null);
	const [problem, setProblem] = useState("");
	if (wish === null) return null;

	async function save(kind: (typeof KINDS)[number]): Promise<void> {
		const format = formats.find(({ id }) => id === kind);
		if (wish === null || format === undefined) return;
		setProblem("");
		try {
			const { name, type, content } = await format.make(wish, {
				signal: new AbortController().signal,
				progress: () => {},
			});
			saveFile(name, type, content);
		} catch (error) {
			setProblem(`${exporting.failed} ${error instanceof Error ? error.message : String(error)}`);
		}
	}

	return (
		<>
			<PopoverButton
				label={share.savePicture}
				caret
				content={(close) => (
					<fieldset className={menu.menu}>
						<legend>{share.savePicture}</legend>
						{KINDS.map((kind) => (
							<button
								key={kind}
								type="button"
								className={menu.item}
								onClick={() => {
									void save(kind);
									close();
								}}
							>
								{exporting.formats[kind].name}
							</button>
						))}
					</fieldset>
				)}
			>
				{share.savePicture}
			</PopoverButton>
			<p role="status">{problem}</p>
		</>
	);
}
