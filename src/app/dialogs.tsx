import { lazy, Suspense } from "react";
import { useText } from "../store/hooks.ts";
import { ComfortDialog } from "./comfort-dialog.tsx";
import { GoToDialog } from "./go-to-dialog.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { Modal } from "./modal.tsx";
import { usePage } from "./page-store.ts";

const PictureDialog = lazy(async () => ({ default: (await import("./picture-dialog.tsx")).PictureDialog }));

export default function Dialogs() {
	const { app, picture } = useText();
	const dialog = usePage((page) => page.dialog);
	switch (dialog) {
		case "help":
			return (
				<Modal title={app.helpDialog.title}>
					<HelpDialog />
				</Modal>
			);
		case "comfort":
			return (
				<Modal title={app.comfortDialog.title}>
					<ComfortDialog />
				</Modal>
			);
		case "go-to":
			return (
				<Modal title={app.goTo.title}>
					<GoToDialog />
				</Modal>
			);
		case "picture":
			return (
				<Modal title={picture.name}>
					<Suspense>
						<PictureDialog />
					</Suspense>
				</Modal>
			);
		// These belong to the whole page alone.
		case "share":
		case "import":
		case "export":
		case null:
			return null;
	}
}
