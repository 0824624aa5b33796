import { useText } from "../store/hooks.ts";
import ExportDialog from "./export-dialog.tsx";
import ImportDialog from "./import-dialog.tsx";
import { Modal } from "./modal.tsx";
import { usePage } from "./page-store.ts";
import ShareDialog from "./share-dialog.tsx";

/** The dialogs that an embedded page has no room for. */
export default function FullDialogs() {
	const { app } = useText();
	const dialog = usePage((page) => page.dialog);
	switch (dialog) {
		case "share":
			return (
				<Modal title={app.shareTitle}>
					<ShareDialog />
				</Modal>
			);
		case "import":
			return (
				<Modal title={app.openFile}>
					<ImportDialog />
				</Modal>
			);
		case "export":
			return (
				<Modal title={app.exportFile}>
					<ExportDialog />
				</Modal>
			);
		default:
			return null;
	}
}
