import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { WrittenState } from "../formats/model/state.ts";
import { useSession, useSettings, useText } from "../store/hooks.ts";
import { nodeAt } from "../timeline/cursor.ts";
import { stageLine } from "../views/timeline/names.ts";
import { currentState } from "./link-state.ts";
import { experimentTitle } from "./preset-texts.ts";
import { type Address, addressOf, type Choices, embedUrlOf, urlOf, usuallyHidden } from "./share/address.ts";
import { ChoicesForm } from "./share/choices-form.tsx";
import { embedAddress, embedPage, pageAddress, scriptAddress } from "./share/embed-page.ts";
import { Preview } from "./share/preview.tsx";
import { Results } from "./share/results.tsx";
import styles from "./share/share.module.css";

/** Where form and results stand one above the other; the same condition as in share.module.css. */
const NARROW = "(max-width: 52rem)";

function subscribe(changed: () => void): () => void {
	const media = matchMedia(NARROW);
	media.addEventListener("change", changed);
	return () => media.removeEventListener("change", changed);
}

interface Addresses {
	readonly whole: Address;
	readonly embedded: Address;
}

/** What is seen, to be handed on: chosen on the left, alive and as text on the right. */
export default function ShareDialog() {
	const text = useText();
	const place = usePlace();
	const notation = useSettings((settings) => settings.notation);
	const [choices, setChoices] = useState<Choices>({
		hidden: usuallyHidden("compact"),
		locked: new Set(),
		opensAt: "stage",
		range: "all",
		layout: "compact",
		width: 720,
		height: 480,
		theme: "auto",
		language: null,
		notation,
	});
	const [state, setState] = useState<WrittenState | null>(null);
	const [addresses, setAddresses] = useState<Addresses | null>(null);
	const [copyOf, setCopyOf] = useState<string | null>(null);
	const asked = useRef(0);

	useEffect(() => {
		void currentState().then(setState);
	}, []);
	const preset = useSession(({ run }) => run?.experiment.preset ?? null);
	useEffect(() => {
		if (preset !== null) void embedPage(preset).then(setCopyOf);
	}, [preset]);
	useEffect(() => {
		if (state === null) return;
		const number = ++asked.current;
		void Promise.all([addressOf(state, choices, false), addressOf(state, choices, true)]).then(([whole, embedded]) => {
			if (number === asked.current) setAddresses({ whole, embedded });
		});
	}, [state, choices]);

	const title = `${text.common.productName}: ${place}`;
	const shared = useMemo(
		() =>
			addresses === null
				? null
				: {
						link: urlOf(pageAddress(), addresses.whole),
						embed: embedUrlOf(embedAddress(), addresses.embedded),
						address: addresses.embedded,
						script: scriptAddress(),
						title,
						width: choices.width,
						height: choices.height,
					},
		[addresses, title, choices.width, choices.height],
	);
	// On a phone the link itself comes first.
	const narrow = useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
	const form = (
		<ChoicesForm choices={choices} onChange={(change) => setChoices((known) => ({ ...known, ...change }))} />
	);
	if (shared === null || state === null) return <p className={styles.sees}>{text.app.loading}</p>;
	return (
		<div className={styles.share}>
			<p className={styles.sees}>{text.share.sees(place)}</p>
			{!narrow && form}
			<div className={styles.results}>
				<Preview url={previewUrl(shared.embed, shared.address, copyOf !== null, choices)} {...shared} />
				<Results shared={shared} page={copyOf} theme={choices.theme} />
			</div>
			{narrow && form}
		</div>
	);
}

/** Before the embed page is built the page itself stands for it. */
function previewUrl(embed: string, { query, state }: Address, built: boolean, { layout }: Choices): string {
	if (built) return embed;
	const rest = query.filter(([key]) => key !== "ui");
	return urlOf(pageAddress(), { query: [["ui", layout], ...rest], state });
}

/** The experiment and the stage, as a path. */
function usePlace(): string {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const depth = useSession((state) => state.depth);
	const cursor = useSession((state) => state.cursor);
	const timeline = useSession(({ opened }) => opened?.timeline ?? null);
	const experiment = useSession(({ run }) => run?.experiment ?? null);
	if (timeline === null || experiment === null) return "";
	const stage = stageLine(text, timeline.structure, nodeAt(timeline, cursor.leaf, depth), notation);
	return [experimentTitle(text, experiment), text.share.wholeIteration(String(cursor.iteration)), stage].join(" › ");
}
