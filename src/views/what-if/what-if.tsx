import { useEffect, useId, useRef, useState } from "react";
import { notations } from "../../explain/notation.ts";
import { formatNumber } from "../../explain/number-text.ts";
import { discardProposal } from "../../store/actions.ts";
import { lossTurn } from "../../store/changes.ts";
import { useProposedView, useSession, useText, useView } from "../../store/hooks.ts";
import { editableAt, propose } from "../../store/proposal.ts";
import type { Proposal } from "../../store/session.ts";
import type { View } from "../../store/view.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { ChangesList } from "./changes-list.tsx";
import { consequenceOf, questionOf } from "./titles.ts";
import { ValueForm } from "./value-form.tsx";
import styles from "./what-if.module.css";

/** Under an explained number that can be edited: the offer to try another value. Once taken, the proposal itself. */
export default function WhatIf() {
	const view = useView();
	const proposed = useProposedView();
	const proposal = useSession((state) => state.proposal);
	const wasOpen = useRef(false);
	const open = proposal !== null;
	useEffect(() => {
		if (open) wasOpen.current = true;
	}, [open]);
	if (view !== null && proposed !== null && proposal !== null) {
		return <ProposalPage key={proposal.reference.kind} view={view} proposed={proposed} proposal={proposal} />;
	}
	return <Offer returned={wasOpen.current} />;
}

function Offer({ returned }: { readonly returned: boolean }) {
	const { editor } = useText();
	const inspected = useSession((state) => state.inspected);
	const editable = useSession((state) => editableAt(state, state.inspected) !== null);
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => {
		if (returned) button.current?.focus({ preventScroll: true });
	}, [returned]);
	if (inspected === null || !editable) return null;
	return (
		<div className={styles.offer}>
			<button
				ref={button}
				type="button"
				className="button"
				title={editor.whatIf.offerHint}
				onClick={() => propose(inspected)}
			>
				{editor.whatIf.offer}
			</button>
		</div>
	);
}

interface ProposalPageProps {
	readonly view: View;
	readonly proposed: View;
	readonly proposal: Proposal;
}

function ProposalPage({ view, proposed, proposal }: ProposalPageProps) {
	const { editor } = useText();
	const texts = editor.whatIf;
	const format = useNumberFormat();
	const title = useId();
	const form = useId();
	const [typed, setTyped] = useState<string | null>(null);
	const { editable, reference, former, value, shown } = proposal;
	const turn = lossTurn(view, proposed, proposal);
	const turns = editable.kind === "solver" ? texts.afterStep : texts.turns;
	return (
		<section
			className={styles.page}
			aria-labelledby={title}
			aria-busy={shown !== value}
			onKeyDown={(event) => {
				if (event.key !== "Escape") return;
				event.stopPropagation();
				discardProposal();
			}}
		>
			<div className={styles.head}>
				<p className={styles.kicker}>{texts.kicker}</p>
				<button type="button" className="button" onClick={discardProposal}>
					{texts.discard} <small>{texts.keys.discard}</small>
				</button>
				<button type="submit" form={form} className="button" data-variant="primary">
					{texts.keep} <small>{texts.keys.keep}</small>
				</button>
			</div>
			<h2 id={title}>
				{questionOf(texts, view.timeline.structure, editable, typed?.replace(/^-/, "−") ?? formatNumber(value, format))}
			</h2>
			<p className={styles.why}>
				{texts.nothingKept} {consequenceOf(texts, editable)}{" "}
				{shown === value && value !== former && <b>{turns[turn]}</b>}
			</p>
			<ValueForm
				form={form}
				proposal={proposal}
				symbol={notations[view.notation].symbol(view.timeline.structure, reference)}
				onTyped={setTyped}
			/>
			<ChangesList view={view} proposed={proposed} proposal={proposal} />
			<p className={styles.hint}>{value === former ? texts.same : texts.forms}</p>
		</section>
	);
}
