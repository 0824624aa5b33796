import { type ReactNode, useId } from "react";
import { settingsIn } from "../../store/experiment.ts";
import { useSession, useText } from "../../store/hooks.ts";
import type { Lock } from "../../store/session.ts";
import { DataSection } from "./data-section.tsx";
import styles from "./editor.module.css";
import { LogSection } from "./log-section.tsx";
import { NetSection } from "./net-section.tsx";
import { SolverSection } from "./solver-section.tsx";
import { StartSection } from "./start-section.tsx";

/** All that decides the run's numbers, to be changed: net, data, start, solver, and what has been edited so far. */
export default function Editor() {
	const { editor } = useText();
	const run = useSession((state) => state.run);
	const iteration = useSession((state) => state.cursor.iteration);
	const locked = useSession((state) => state.locked);
	if (run === null) return null;
	const { experiment, structure } = run;
	const open = (lock: Lock) => !locked.has(lock);
	const { sections } = editor;
	return (
		<div className={styles.editor}>
			{open("net") && (
				<Section title={sections.net} note={editor.restarts}>
					<NetSection structure={structure} />
				</Section>
			)}
			{open("data") && (
				<Section title={sections.data}>
					<DataSection structure={structure} experiment={experiment} />
				</Section>
			)}
			{open("seed") && (
				<Section title={sections.start}>
					<StartSection structure={structure} experiment={experiment} />
				</Section>
			)}
			{open("solver") && (
				<Section title={sections.solver} note={editor.fromHere(iteration)}>
					<SolverSection structure={structure} settings={settingsIn(experiment, iteration)} iteration={iteration} />
				</Section>
			)}
			<Section title={sections.log}>
				<LogSection structure={structure} edits={experiment.edits} />
			</Section>
		</div>
	);
}

interface SectionProps {
	readonly title: string;
	readonly note?: string;
	readonly children: ReactNode;
}

function Section({ title, note, children }: SectionProps) {
	const id = useId();
	return (
		<section className={styles.section} aria-labelledby={id}>
			<header>
				<h3 id={id}>{title}</h3>
				{note !== undefined && <p className={styles.note}>{note}</p>}
			</header>
			{children}
		</section>
	);
}
