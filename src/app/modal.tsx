import { type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "../store/hooks.ts";
import styles from "./dialogs.module.css";
import { CloseIcon } from "./icons.tsx";
import { closeDialog } from "./page-store.ts";

/** A native dialog: the browser holds the focus in it, closes it with Esc and gives the focus back. */
export function Modal({ title, children }: { readonly title: string; readonly children: ReactNode }) {
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
