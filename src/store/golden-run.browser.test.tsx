import { expect, it } from "vitest";
import golden from "./fixtures/golden-run.json";
import { goldenRun } from "./testing/golden-run.ts";

it("the browser gives the golden run bit for bit", async () => {
	expect(await goldenRun()).toEqual(golden);
});
