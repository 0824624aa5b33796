// What a browser runs to give the golden run: the numbers, or what went wrong, posted back to where the page came from.
import { goldenRun } from "../src/store/testing/golden-run.ts";

const body = await goldenRun().then(
	(golden) => ({ golden }),
	(error) => ({ error: String(error) }),
);
await fetch("result", { method: "POST", body: JSON.stringify(body) });
