import { describe, expect, it } from "vitest";
import { presets } from "../../data/presets/index.ts";
import { en } from "../../i18n/en/index.ts";
import { zh } from "../../i18n/zh/index.ts";
import { openPreset } from "../../store/open-experiment.ts";
import { buildRun } from "../../store/run.ts";
import { openTrace } from "../../store/session.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import { placeLabels, placeNames, textWidth } from "./label-places.ts";
import { layoutTimeline } from "./layout.ts";
import { groupLabel } from "./names.ts";

/** The line on a phone of 320 and of 390 px, beside the transport at 1024, and on a wide screen. */
const WIDTHS = [288, 358, 668, 1150];

const timelines: Promise<readonly (readonly [string, Timeline])[]> = Promise.all(
	presets.map(async (preset) => {
		const run = buildRun(await openPreset(preset));
		return [preset.id, openTrace(run, await run.runner.trace(1)).timeline] as const;
	}),
);

describe("what stands over and under the timeline's cells", () => {
	it.each([en, zh])("has its room: no name is cut and none touches the next", async ({ app }) => {
		for (const [id, timeline] of await timelines) {
			for (const width of WIDTHS) {
				const { blocks } = layoutTimeline(timeline, 0, width);
				const names = placeNames(blocks, width, ({ name }, short) => (short ? app.phasesShort : app.phases)[name]);
				expect(names).toHaveLength(6);
				for (const [place, { name, x, end }] of names.entries()) {
					const where = `${id} at ${width}: ${name}`;
					expect(end - x, where).toBeGreaterThanOrEqual(textWidth(name, 12));
					expect(end, where).toBeLessThanOrEqual(names[place + 1]?.x ?? width);
				}
			}
		}
	});

	it.each([en, zh])("shows no two labels over each other, and always that of the group one stands in", async (text) => {
		for (const [id, timeline] of await timelines) {
			for (const width of WIDTHS) {
				const { groups } = layoutTimeline(timeline, 0, width);
				for (const current of groups) {
					const shown = placeLabels(
						groups,
						({ stage }) => groupLabel(text, timeline.structure, stage, "ufldl"),
						current.stage.index,
					);
					expect(shown.has(current.stage.index)).toBe(true);
					let end = Number.NEGATIVE_INFINITY;
					for (const { stage, x, width: own } of groups) {
						const label = shown.get(stage.index);
						if (label === undefined) continue;
						const half = textWidth(label, 11) / 2;
						expect(x + own / 2 - half, `${id} at ${width}: ${label}`).toBeGreaterThanOrEqual(end);
						end = x + own / 2 + half;
					}
				}
			}
		}
	});
});
