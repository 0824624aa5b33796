import { type ReactNode, useId, useRef } from "react";
import { DownIcon } from "./icons.tsx";
import styles from "./popover.module.css";

interface PopoverButtonProps {
	readonly label: string;
	readonly children: ReactNode;
	/** What opens; called with a function that closes it and gives the focus back. */
	readonly content: ReactNode | ((close: () => void) => ReactNode);
	readonly className?: string | undefined;
	readonly caret?: boolean;
	readonly wide?: boolean;
}

const MARGIN = 8;

/** A button with a native popover under or over it: Esc and a click elsewhere close it. */
export function PopoverButton({ label, children, content, className, caret, wide }: PopoverButtonProps) {
	const id = useId();
	const button = useRef<HTMLButtonElement>(null);
	const popover = useRef<HTMLDivElement>(null);

	function place() {
		const [anchor, box] = [button.current?.getBoundingClientRect(), popover.current];
		if (anchor === undefined || box === null) return;
		const { offsetWidth, offsetHeight, style } = box;
		const { clientWidth, clientHeight } = document.documentElement;
		const below = anchor.bottom + 4;
		const fits = below + offsetHeight + MARGIN <= clientHeight;
		style.left = `${Math.max(MARGIN, Math.min(anchor.left, clientWidth - offsetWidth - MARGIN))}px`;
		style.top = `${Math.max(MARGIN, fits ? below : Math.min(anchor.top - offsetHeight - 4, clientHeight - offsetHeight - MARGIN))}px`;
	}

	const close = () => {
		popover.current?.hidePopover();
		button.current?.focus();
	};

	return (
		<>
			<button
				ref={button}
				type="button"
				className={className ?? "button"}
				popoverTarget={id}
				aria-haspopup="true"
				aria-label={label}
				title={label}
			>
				{children}
				{caret && <DownIcon />}
			</button>
			<div
				ref={popover}
				id={id}
				popover="auto"
				role="dialog"
				aria-label={label}
				className={styles.popover}
				data-wide={wide}
				onToggle={(event) => {
					if (event.newState !== "open") return;
					place();
					const first = popover.current?.querySelector<HTMLElement>(
						"[aria-pressed='true'], [aria-current='true'], button, input",
					);
					first?.focus();
				}}
			>
				{typeof content === "function" ? content(close) : content}
			</div>
		</>
	);
}
