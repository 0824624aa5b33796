import { type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "../store/hooks.ts";
import styles from "./dialogs.module.css";
import { CloseIcon } from "./icons.tsx";
import { closeDialog, usePage } from "./page-store.ts";

interface ModalProps {
	readonly title: string;
	readonly children: ReactNode;
}

/**
 * A native dialog: the browser holds the focus in it, closes it with Esc and gives the focus back.
 *
 * It tells of its closing a task later. A key pressed in between may have opened another one already: that is a new
 * element, and the late word of the old one is not taken for it.
 */
export function Modal(props: ModalProps) {
	const opening = usePage((page) => page.opening);
	return <OpenModal key={opening} opening={opening} {...props} />;
}

function OpenModal({ title, children, opening }: ModalProps & { readonly opening: number }) {
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
			onClose={() => closeDialog(opening)}
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
