import { type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "../store/hooks.ts";
import { ComfortDialog } from "./comfort-dialog.tsx";
import styles from "./dialogs.module.css";
import { GoToDialog } from "./go-to-dialog.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { CloseIcon } from "./icons.tsx";
import { closeDialog, usePage } from "./page-store.ts";

export default function Dialogs() {
	const { app } = useText();
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
		case null:
			return null;
	}
}

/** A native dialog: the browser holds the focus in it, closes it with Esc and gives the focus back. */
function Modal({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	const { app } = useText();
	const id = useId();
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		const element = dialog.current;
		element?.showModal();
		return () => element?.close();
	}, []);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop; Esc does the same natively
		<dialog
			ref={dialog}
			aria-labelledby={id}
			className={styles.dialog}
			onClose={closeDialog}
			onClick={(event) => {
				if (event.target === event.currentTarget) event.currentTarget.close();
			}}
		>
			<div className={styles.body}>
				<header className={styles.head}>
					<h2 id={id}>{title}</h2>
					<button
						type="button"
						className="button"
						data-variant="quiet"
						aria-label={app.close}
						onClick={() => dialog.current?.close()}
					>
						<CloseIcon />
					</button>
				</header>
				{children}
			</div>
		</dialog>
	);
}
