import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterEach, describe, expect, it, vi } from "vitest";
import { presets } from "../../data/presets/index.ts";
import { iterationOf, presetOptions } from "../../formats/export/testing/iterations.ts";
import { pythonWith } from "../../formats/export/testing/python.ts";
import { en } from "../../i18n/en/index.ts";
import type { FileId, FileOrder } from "./file-order.ts";
import type { Task } from "./task.ts";
import { writeFile } from "./write-file.ts";

const LONG: readonly FileId[] = ["numpy", "pytorch", "caffe", "handout", "csv", "json", "npz", "weightsJson"];
const texts = { exporting: en.exporting, more: en.tables.more };
const python = pythonWith("numpy");

async function orderOf(preset: string, id: FileId): Promise<FileOrder> {
	const found = presets.find((candidate) => candidate.id === preset);
	if (found === undefined) throw new Error(`no ${preset}`);
	const { net, trace, title } = iterationOf(await presetOptions(found), 1);
	return {
		id,
		net: net.specification,
		trace,
		notation: "caffe",
		title,
		language: "en",
		format: { digits: 4 },
		sample: 0,
	};
}

const whole: Task = { signal: new AbortController().signal, progress: () => {} };

afterEach(() => {
	vi.restoreAllMocks();
});

describe("a file of a large net", () => {
	it.each(LONG)("can be stopped between its parts: %s", async (id) => {
		const order = await orderOf("lenet", id);
		// Each part takes longer than a thread should be held.
		let now = 0;
		vi.spyOn(performance, "now").mockImplementation(() => {
			now += 20;
			return now;
		});
		const controller = new AbortController();
		const stopped = writeFile(order, texts, { signal: controller.signal, progress: () => controller.abort() });
		await expect(stopped).rejects.toBe(controller.signal.reason);
	});

	it.skipIf(python === null)("runs from its own folder as it is unpacked (needs python3-numpy)", async () => {
		const { content, ending } = await writeFile(await orderOf("lenet", "numpy"), texts, whole);
		expect(ending).toBe("zip");
		const files = unzipSync(new Uint8Array(await content.arrayBuffer()));
		const folder = mkdtempSync(join(tmpdir(), "deltascope-"));
		try {
			for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
			const script = Object.keys(files).find((name) => name.endsWith(".py")) ?? "";
			const { stdout, stderr } = spawnSync(python ?? "", [script], { cwd: folder, encoding: "utf8" });
			expect(stderr).toBe("");
			expect(stdout).toMatch(/^\d+ numbers agree/);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
