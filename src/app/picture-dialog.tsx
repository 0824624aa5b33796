import { useState } from "react";
import { useSession, useText, useView } from "../store/hooks.ts";
import { stageLine } from "../views/timeline/names.ts";
import { copyText } from "./copy-text.ts";
import styles from "./dialogs.module.css";
import { stagePicture } from "./export/picture.ts";
import { CopyIcon, SaveIcon } from "./icons.tsx";
import { experimentTitle } from "./preset-texts.ts";
import { saveFile } from "./share/save-file.ts";

/** The stage's picture to be taken along: shown, since a frame may be forbidden to save files. */
export function PictureDialog() {
	const { app, picture } = useText();
	const text = useText();
	const view = useView();
	const preset = useSession(({ run }) => run?.experiment.preset ?? "experiment");
	const [drawn] = useState(() => {
		if (view === null) return null;
		const stage = stageLine(text, view.timeline.structure, view.node, view.notation);
		const title = picture.title(experimentTitle(text, view.experiment), stage);
		return { title, made: stagePicture({ theme: null, title, description: app.summary(stage) }) };
	});
	const [copied, setCopied] = useState(false);
	if (drawn === null || drawn.made === null) return null;
	const { title, made } = drawn;
	return (
		<div className={styles.picture}>
			<img src={`data:image/svg+xml,${encodeURIComponent(made.svg)}`} alt={title} />
			<div>
				<button
					type="button"
					className="button"
					data-variant="primary"
					onClick={() => saveFile(`deltascope-${preset}.svg`, "image/svg+xml", made.svg)}
				>
					<SaveIcon />
					{picture.save}
				</button>
				<button type="button" className="button" onClick={() => void copyText(made.svg).then(setCopied)}>
					<CopyIcon />
					{copied ? picture.copied : picture.copy}
				</button>
			</div>
		</div>
	);
}
