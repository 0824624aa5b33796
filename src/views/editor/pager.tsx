import { useText } from "../../store/hooks.ts";
import styles from "./editor.module.css";

interface PagerProps {
	readonly text?: string;
	readonly page: number;
	readonly pages: number;
	readonly onPage: (page: number) => void;
}

/** One page back, one on. */
export function Pager({ text, page, pages, onPage }: PagerProps) {
	const { editor } = useText();
	const turn = (to: number) => {
		if (to >= 0 && to < pages) onPage(to);
	};
	return (
		<div className={styles.pager}>
			<button
				type="button"
				className="button"
				aria-label={editor.data.previous}
				aria-disabled={page === 0}
				onClick={() => turn(page - 1)}
			>
				‹
			</button>
			{text !== undefined && <span className={styles.note}>{text}</span>}
			<button
				type="button"
				className="button"
				aria-label={editor.data.next}
				aria-disabled={page >= pages - 1}
				onClick={() => turn(page + 1)}
			>
				›
			</button>
		</div>
	);
}
