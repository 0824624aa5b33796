import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useText } from "../store/hooks.ts";
import { LARGEST_SHARE, SMALLEST_SHARE, setLedgerShare, usePage } from "./page-store.ts";
import styles from "./shell.module.css";

const percent = (share: number) => Math.round(share * 100);

/** Between picture and ledger: dragged, or moved by the arrow keys. */
export function Separator() {
	const { app } = useText();
	const share = usePage((page) => page.ledgerShare);
	const dragging = useRef(false);

	function onPointerMove(event: PointerEvent<HTMLDivElement>) {
		if (!dragging.current) return;
		const box = event.currentTarget.parentElement?.getBoundingClientRect();
		if (box !== undefined && box.width > 0) setLedgerShare((box.right - event.clientX) / box.width);
	}

	function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
		const next = { ArrowLeft: share + 0.02, ArrowRight: share - 0.02, Home: SMALLEST_SHARE, End: LARGEST_SHARE }[
			event.key
		];
		if (next === undefined || event.ctrlKey || event.shiftKey || event.altKey || event.metaKey) return;
		event.preventDefault();
		event.stopPropagation();
		setLedgerShare(next);
	}

	return (
		// biome-ignore lint/a11y/useSemanticElements: one that is dragged and focused, which a rule is not
		<div
			role="separator"
			aria-orientation="vertical"
			aria-label={app.resizeLedger}
			aria-valuemin={percent(SMALLEST_SHARE)}
			aria-valuemax={percent(LARGEST_SHARE)}
			aria-valuenow={percent(share)}
			tabIndex={0}
			className={styles.separator}
			onKeyDown={onKeyDown}
			onPointerDown={(event) => {
				dragging.current = true;
				event.currentTarget.setPointerCapture(event.pointerId);
			}}
			onPointerMove={onPointerMove}
			onLostPointerCapture={() => {
				dragging.current = false;
			}}
		/>
	);
}
