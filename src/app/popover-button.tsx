import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { focusInPlace } from "../views/marks/focus-in-place.ts";
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

/** Under the anchor where there is room, else over it, and never beyond the edge of the window. */
function place(anchor: HTMLElement, { offsetWidth, offsetHeight, style }: HTMLElement): void {
	const { left, top, bottom } = anchor.getBoundingClientRect();
	const { clientWidth, clientHeight } = document.documentElement;
	const below = bottom + 4;
	const fits = below + offsetHeight + MARGIN <= clientHeight;
	style.left = `${Math.max(MARGIN, Math.min(left, clientWidth - offsetWidth - MARGIN))}px`;
	style.top = `${Math.max(MARGIN, fits ? below : Math.min(top - offsetHeight - 4, clientHeight - offsetHeight - MARGIN))}px`;
}

/** A button with a native popover under or over it: Esc and a click elsewhere close it. Closed, it holds nothing. */
export function PopoverButton({ label, children, content, className, caret, wide }: PopoverButtonProps) {
	const id = useId();
	const button = useRef<HTMLButtonElement>(null);
	const popover = useRef<HTMLDivElement>(null);
	const [open, setOpen] = useState(false);

	useLayoutEffect(() => {
		const box = popover.current;
		if (box === null) return undefined;
		const fill = (event: ToggleEvent) => {
			if (event.newState === "open") flushSync(() => setOpen(true));
		};
		const begin = (event: ToggleEvent) => {
			if (event.newState !== "open") {
				setOpen(false);
				return;
			}
			focusInPlace(box.querySelector<HTMLElement>("[aria-pressed='true'], [aria-current='true'], button, input"));
		};
		box.addEventListener("beforetoggle", fill);
		box.addEventListener("toggle", begin);
		return () => {
			box.removeEventListener("beforetoggle", fill);
			box.removeEventListener("toggle", begin);
		};
	}, []);

	// What is fetched on opening changes the size of the box.
	useEffect(() => {
		const [anchor, box] = [button.current, popover.current];
		if (!open || anchor === null || box === null) return undefined;
		const observer = new ResizeObserver(() => place(anchor, box));
		observer.observe(box);
		return () => observer.disconnect();
	}, [open]);

	const close = () => {
		popover.current?.hidePopover();
		focusInPlace(button.current);
	};

	return (
		<>
			<button
				ref={button}
				type="button"
				className={className ?? "button"}
				popovertarget={id}
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
			>
				{open && (typeof content === "function" ? content(close) : content)}
			</div>
		</>
	);
}
