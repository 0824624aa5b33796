import { type ParameterKey, parameters } from "../formats/link/parameters.ts";
import { type ReadParameters, readParametersFrom } from "../formats/link/read-parameters.ts";
import { allDrawn } from "../store/turns.ts";
import { noteMessage } from "./debug/talk.ts";
import { type PictureTheme, stagePicture } from "./export/picture.ts";
import { fullPageAddress } from "./full-page-link.tsx";
import { goToPlace } from "./go-to-place.ts";
import { applyLooks } from "./looks.ts";
import { pageStore } from "./page-store.ts";
import { onTold } from "./told-around.ts";

interface PictureWish {
	readonly format: "svg" | "png";
	readonly theme?: PictureTheme | undefined;
	readonly scale: number;
	readonly description: string;
}

/** Only looks and behaviour can be set from outside; what is computed comes by a state. */
function mayBeSet(key: ParameterKey): boolean {
	return parameters[key].kind === "look" || key === "gran" || key === "speed";
}

/** What the messages of an embed do to the page. */
export const framedPage = {
	title: () => document.title,
	async set(texts: Readonly<Record<string, string>>) {
		const { values, notices }: ReadParameters = readParametersFrom((key) =>
			mayBeSet(key) && Object.hasOwn(texts, key) ? [texts[key]] : [],
		);
		const refused = await applyLooks(values);
		const applied = Object.keys(values).filter((key) => refused.every(({ where }) => where !== key));
		return { applied, warnings: [...notices, ...refused] };
	},
	async goTo(at: string) {
		return (await goToPlace(at)).length === 0;
	},
	async state() {
		return (await import("./link-state.ts")).currentLink();
	},
	async openState(state: string) {
		await (await import("./link-state.ts")).openLink(state);
		pageStore.setState({ linkProblem: null });
	},
	async picture({ format, theme, scale, description }: PictureWish) {
		// A page around may have sent the reader elsewhere just now.
		await allDrawn();
		const picture = stagePicture({ theme: theme ?? null, title: document.title, description });
		if (picture === null) return null;
		const alt = `${document.title}: ${description}`;
		if (format === "svg") return { mime: "image/svg+xml", data: picture.svg, alt };
		const { paint } = await import("./export/pixels.ts");
		const { canvas } = await paint(picture, scale);
		return { mime: "image/png", data: canvas.toDataURL(), alt };
	},
	print: () => globalThis.print(),
	noteMessage,
	onNews: onTold,
	address: fullPageAddress,
	fill: (height: number | null) => pageStore.setState({ fill: height }),
	answered: () => pageStore.setState({ answered: true }),
	onState: (listener: (state: string) => void) =>
		pageStore.subscribe(({ link }, before) => {
			if (link !== null && link !== before.link) listener(link);
		}),
};
