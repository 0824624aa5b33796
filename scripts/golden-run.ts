// Writes the golden run's file anew: node scripts/run-ts.mjs scripts/golden-run.ts
// Only when the engine is meant to give other bits; both golden tests hold it.
import { writeFile } from "node:fs/promises";
import { goldenRun } from "../src/store/testing/golden-run.ts";

await writeFile("src/store/fixtures/golden-run.json", `${JSON.stringify(await goldenRun(), null, "\t")}\n`);
