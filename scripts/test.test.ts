import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { countLine, freePort, judge, readPlaywright, readVitest } from "./test.mjs";

describe("the sum of all tests", () => {
	it("counts a check as one test", () => {
		expect(judge(true, null)).toEqual({ passed: 1, failed: 0, skipped: 0 });
		expect(judge(false, null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
	});

	it("counts a suite without a test, and one that fails beside its tests, as a failure", () => {
		expect(judge(true, { passed: 0, failed: 0, skipped: 2 }).failed).toBe(1);
		expect(judge(false, { passed: 7, failed: 0, skipped: 0 })).toEqual({ passed: 7, failed: 1, skipped: 0 });
		expect(judge(false, { passed: 7, failed: 2, skipped: 0 }).failed).toBe(2);
	});

	it("counts a test file that cannot be loaded", () => {
		const report = {
			numPassedTests: 5,
			numFailedTests: 1,
			numPendingTests: 2,
			numTodoTests: 0,
			testResults: [
				{ status: "failed", assertionResults: [] },
				{ status: "failed", assertionResults: [{ status: "failed" }] },
				{ status: "passed", assertionResults: [{ status: "passed" }] },
			],
		};
		expect(readVitest(JSON.stringify(report))).toEqual({ passed: 5, failed: 2, skipped: 2 });
	});

	it("counts what passes at the second try as passed, and an error outside the tests as a failure", () => {
		const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{}] };
		expect(readPlaywright(JSON.stringify(report))).toEqual({ passed: 4, failed: 2, skipped: 0 });
	});

	it("names the skipped only where there are any", () => {
		expect(countLine({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
		expect(countLine({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
	});
});

it("finds a port that can be listened on", async () => {
	const server = createServer();
	const listening = new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
	server.listen(await freePort(), "127.0.0.1");
	await listening;
	server.close();
});
