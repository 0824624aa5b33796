import { parameterTexts } from "./parameter-texts.ts";
import type { ParameterKind } from "./parameter-types.ts";
import { parameterKeys, parameters } from "./parameters.ts";

const HEADINGS: Readonly<Record<ParameterKind, string>> = {
	content: "What is computed",
	position: "Where one stands",
	chrome: "What is around",
	look: "How it looks",
	behaviour: "How it behaves",
};

const cell = (text: string) => text.replaceAll("|", "\\|");

/** The documentation's tables of all parameters, in Markdown. */
export function parameterTables(): string {
	return Object.entries(HEADINGS)
		.map(([kind, heading]) => {
			const rows = parameterKeys
				.filter((key) => parameters[key].kind === kind)
				.map((key) => {
					const { type, fallback } = parameters[key];
					return `| \`${key}\` | ${cell(type.form)} | ${cell(fallback)} | ${cell(parameterTexts[key])} |`;
				});
			return [
				`### ${heading}`,
				"",
				"| key | values | default | what it does |",
				"| --- | --- | --- | --- |",
				...rows,
			].join("\n");
		})
		.join("\n\n");
}
