import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parameterTables } from "./parameter-table.ts";

// Written anew by: node scripts/run-ts.mjs scripts/parameter-tables.ts
it("the guide for authors lists every parameter as it is read", () => {
	const guide = readFileSync(new URL("../../../docs/embedding.md", import.meta.url), "utf8");
	expect(guide).toContain(parameterTables());
});
