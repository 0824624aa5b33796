import { useEffect, useRef, useState } from "react";
import type { ScalarReference } from "../../engine/reference.ts";
import type { FormulaPart } from "../../explain/formula.ts";
import { matrixForm } from "../../explain/matrix-form.ts";
import { type Subject, subjectText } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { closeInspection, inspect } from "../../store/actions.ts";
import { isEdited } from "../../store/experiment.ts";
import { follow, goBack } from "../../store/follow.ts";
import { InTurn } from "../../store/following.tsx";
import { useSession, useSettings, useText, useView } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { focusInPlace } from "../marks/focus-in-place.ts";
import { conventionOf } from "./conventions.ts";
import { Breadcrumb } from "./crumbs.tsx";
import { Failure } from "./failure.tsx";
import { type Focus, focusOf } from "./focus.ts";
import { FormSwitch } from "./form-switch.tsx";
import { Formula } from "./formula.tsx";
import styles from "./ledger.module.css";
import { ViewContext } from "./math.tsx";
import { MatrixFormula } from "./matrix-formula.tsx";
import { InWords } from "./narration-line.tsx";
import { Operands } from "./operands.tsx";
import { printed } from "./printed.ts";
import { Published, publishedReferences } from "./published.tsx";
import { Remedy } from "./remedy.tsx";
import { SentenceText } from "./sentence-text.tsx";
import { SettingPlace } from "./setting-place.tsx";
import { useWidth } from "./use-width.ts";
import { captionOf } from "./words/caption.ts";
import { startWords, stoppedWords, termWords, type Words, wordsOf } from "./words/index.ts";

/** Where we are, why, the formula in symbols and numbers, and where each number came from. */
export default function Ledger() {
	const view = useView();
	const inspected = useSession((state) => state.inspected);
	const failed = useSession(({ opened }) => opened?.failure?.reference);
	if (view === null) return null;
	const focus = inspected === null ? standingFocus(view, failed ?? null) : inspectedFocus(inspected);
	const main = focus.formulas.at(-1)?.subject;
	return main === undefined ? null : (
		<LedgerPage view={view} focus={focus} main={main} inspected={inspected !== null} />
	);
}

const inspectedFocus = (subject: Subject): Focus => ({ formulas: [{ subject }], next: false, term: null, beside: [] });

/** Where the iteration had to stop, the first number that is not finite; a stage's own formula elsewhere. */
export function standingFocus(view: View, failed: ScalarReference | null): Focus {
	const focus = focusOf(view);
	if (failed === null || view.failure !== view.cursor.leaf || focus.term !== null) return focus;
	return inspectedFocus(failed);
}

/** Title and sentence of what is in focus. */
export function wordsFor(view: View, text: Catalogue, focus: Focus, main: Subject, inspected: boolean): Words {
	const { term } = focus;
	if (focus.next) return startWords(view, text);
	if (!inspected && view.failure === view.cursor.leaf && main.kind !== "derived") return stoppedWords(view, text, main);
	if (term !== null) return termWords(view, text, term);
	return wordsOf(view, text, main);
}

/** A parameter as it was found is the one that the iteration before left. */
function destination({ experiment }: View, subject: Exclude<Subject, { readonly kind: "derived" }>) {
	if (subject.kind !== "parameter" || subject.moment !== "before" || subject.iteration === 1) return subject;
	const { iteration, layer, slot, index } = subject;
	const edited = isEdited(experiment, iteration, layer, slot, index);
	return edited ? subject : ({ ...subject, moment: "after", iteration: iteration - 1 } as const);
}

interface PageProps {
	readonly view: View;
	readonly focus: Focus;
	readonly main: Subject;
	readonly inspected: boolean;
}

function LedgerPage({ view, focus, main, inspected }: PageProps) {
	const text = useText();
	const form = useSettings((settings) => settings.form);
	const trail = useSession((state) => state.trail.length);
	const [pages, setPages] = useState({ key: "", terms: 0 });
	const [body, width] = useWidth();
	const title = useRef<HTMLHeadingElement>(null);
	const walked = useRef(false);
	const key = focus.formulas.map(({ subject }) => subjectText(subject)).join(" ");
	// Where the pressed link is gone, the focus goes on to what it led to.
	useEffect(() => {
		if (walked.current) focusInPlace(title.current);
		walked.current = false;
	});
	const terms = pages.key === key ? pages.terms : 0;
	const more = (next: number) => setPages({ key, terms: next });
	const words = wordsFor(view, text, focus, main, inspected);
	const stopped = !inspected && view.failure === view.cursor.leaf;
	const formulas = focus.formulas.map((formula) => printed(view, formula, terms, width));
	const wholeLayer = matrixForm(view.explain, main);
	const matrix = form === "matrix" || formulas.at(-1)?.columns === null ? wholeLayer : null;
	const convention = focus.next ? "" : conventionOf(view, text, main);
	const open = (subject: Subject) => {
		walked.current = true;
		if (subject.kind === "derived") inspect(subject);
		else void follow(destination(view, subject));
	};
	const back = () => {
		walked.current = true;
		void goBack();
	};
	const caption = (part: FormulaPart) => captionOf(view, text, part);
	const isAgain = view.leaf.phase?.name === "again" && !inspected;
	return (
		<ViewContext.Provider value={view}>
			<div className={styles.page} data-focus={subjectText(main)}>
				<div className={styles.head}>
					<Breadcrumb view={view} />
					<FormSwitch hasMatrix={wholeLayer !== null} />
				</div>
				{(inspected || trail > 0) && (
					<div className={styles.ways}>
						{trail > 0 && (
							<button type="button" className="button" data-back onClick={back}>
								‹ {text.ledger.back}
							</button>
						)}
						<button type="button" className="button" data-variant="quiet" onClick={closeInspection}>
							{text.ledger.closeExplanation}
						</button>
					</div>
				)}
				<h2 ref={title} tabIndex={-1} className={styles.title}>
					{stopped && <span className={styles.hazard} aria-hidden="true" />}
					{words.title}
				</h2>
				<p className={styles.why}>
					<SentenceText sentence={words.why} />
				</p>
				<Remedy view={view} />
				{focus.next && (
					<p className={styles.note}>
						<strong>{text.ledger.nextStrong}</strong> {text.ledger.next}
					</p>
				)}
				<div ref={body} className={styles.formulas}>
					{matrix !== null ? (
						<MatrixFormula cells={matrix} />
					) : (
						formulas.map((formula, place) => (
							// What has the same shape as before keeps its elements: only what differs is written anew.
							<Formula
								// biome-ignore lint/suspicious/noArrayIndexKey: a stage's formulas stand in a fixed order
								key={place}
								printed={formula}
								terms={terms}
								width={width}
								caption={caption}
								label={text.ledger.form}
								onOpen={open}
								onMore={more}
							/>
						))
					)}
				</div>
				{words.note !== undefined && <p className={styles.note}>{words.note}</p>}
				<Published view={view} references={isAgain ? publishedReferences(view) : ownPublished(focus, main)} />
				<InTurn turn="operands">
					<ViewContext.Provider value={view}>
						<Operands formulas={formulas} terms={terms} onOpen={open} onMore={more} />
					</ViewContext.Provider>
				</InTurn>
				{stopped && <Failure view={view} />}
				{main.kind === "solver" && <SettingPlace />}
				{convention !== "" && <p className={styles.convention}>{convention}</p>}
				{focus.next && view.cursor.iteration === 1 && view.experiment.name === undefined && (
					<p className={styles.convention}>
						<strong>{text.ledger.whatToSee}</strong> {text.presets[view.experiment.preset].see.join(" ")}
					</p>
				)}
				<InWords subject={inspected ? main : null} />
			</div>
		</ViewContext.Provider>
	);
}

function ownPublished(focus: Focus, main: Subject) {
	const own = focus.formulas.flatMap(({ subject }) => (subject.kind === "derived" ? [] : [subject]));
	return focus.beside.length > 0 ? focus.beside : main.kind === "derived" ? [] : own;
}
