import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvForm, guessForm, readCsv, SEPARATORS } from "./csv.ts";
import { guessRoles, type Role, samplesOf } from "./csv-samples.ts";
import { ImportError, type ImportProblem } from "./problem.ts";

const refusal = (act: () => unknown): ImportProblem => {
	try {
		act();
	} catch (error) {
		if (error instanceof ImportError) return error.problem;
		throw error;
	}
	throw new Error("nothing was refused");
};

const written: readonly (readonly [text: string, form: CsvForm])[] = [
	["a,b,y\n1,2,3\n4,5,6\n", { separator: ",", decimal: ".", header: true }],
	["0,5;1,25;3\n4,5;5;-6e-1", { separator: ";", decimal: ",", header: false }],
	["x\ty\r\n0.5\t1\r\n.25\t2\r\n", { separator: "\t", decimal: ".", header: true }],
	["x\ty\n0,5\t1,5\n0,25\t2\n", { separator: "\t", decimal: ",", header: true }],
	["0 0 1\n0  1 0\n", { separator: " ", decimal: ".", header: false }],
	['"length, in cm","kind"\n5.1,"setosa"\n4.9,"virginica"', { separator: ",", decimal: ".", header: true }],
	["1|2\n3|4", { separator: "|", decimal: ".", header: false }],
	["1\n2\n3", { separator: ",", decimal: ".", header: false }],
];

/** −0 is written as 0. */
const writable = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));

describe("a table of samples", () => {
	it.each(written)("%j is read as it is written", (text, form) => {
		expect(guessForm(text)).toEqual(form);
	});

	it("keeps quoted cells whole, passes empty lines over and knows the line of each row", () => {
		const { columns, rows } = readCsv('﻿"a ""b""",c\n\n"x\ny",1\n\n z ,2\n');
		expect(columns).toEqual([
			{ name: 'a "b"', kind: "word" },
			{ name: "c", kind: "number" },
		]);
		expect(rows).toEqual([
			{ line: 3, cells: ["x\ny", "1"] },
			{ line: 6, cells: ["z", "2"] },
		]);
	});

	it("comes back from any numbers, in any form", () => {
		fc.assert(
			fc.property(
				fc
					.integer({ min: 2, max: 5 })
					.chain((width) =>
						fc.array(fc.array(writable, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
					),
				fc.constantFrom(...(["., ", ".;", ",;", ".\t", ",\t", ".|"] as const)),
				(numbers, marks) => {
					const decimal = marks[0] === "," ? "," : ".";
					const separator = SEPARATORS.find((mark) => mark === marks[1]) ?? ",";
					const text = numbers
						.map((row) => row.map((value) => String(value).replace(".", decimal)).join(separator))
						.join("\n");
					const table = readCsv(text, { separator, decimal, header: false });
					const width = numbers[0].length;
					const roles = numbers[0].map((_, column): Role => (column === width - 1 ? "target" : "input"));
					const { values, wanted } = samplesOf(table, roles);
					expect(Array.from(wanted)).toEqual(numbers.map((row) => row[width - 1]));
					expect(Array.from(values)).toEqual(numbers.flatMap((row) => row.slice(0, -1)));
				},
			),
		);
	});

	it("says where it is wrong", () => {
		expect(refusal(() => readCsv("1,2\n3,4\n5\n"))).toEqual({ code: "csv-width", line: 3, expected: 2, found: 1 });
		expect(refusal(() => readCsv('1,2\n"3,4\n5,6'))).toEqual({ code: "csv-quote", line: 2 });
		expect(refusal(() => readCsv("a,b\n", { header: true }))).toEqual({ code: "csv-empty" });
		const holes = readCsv("a,b,y\n1,2,3\n4,,6\n7,8,9");
		expect(refusal(() => samplesOf(holes, ["input", "input", "target"]))).toEqual({
			code: "csv-number",
			line: 3,
			column: 2,
			name: "b",
			found: "",
		});
		expect(refusal(() => samplesOf(holes, ["input", "none", "none"]))).toEqual({
			code: "csv-roles",
			missing: "target",
		});
		expect(refusal(() => readCsv("1,".repeat(1_000_001)))).toMatchObject({ code: "csv-cells" });
	});
});

describe("the columns' roles", () => {
	it("are the present net's where they fit, else the last column is the target", () => {
		const table = readCsv("1,2,3,4\n5,6,7,8");
		expect(guessRoles(table, { inputs: 2, targets: 2, classes: false })).toEqual([
			"input",
			"input",
			"target",
			"target",
		]);
		expect(guessRoles(table, null)).toEqual(["input", "input", "input", "target"]);
		expect(guessRoles(table, { inputs: 3, targets: 1, classes: true })).toEqual(["input", "input", "input", "class"]);
	});

	it("names are classes, in the order of the alphabet; whole numbers are their own index", () => {
		const flowers = readCsv("petal,kind\n1.5,virginica\n0.2,setosa\n1.3,versicolor\n0.3,setosa");
		expect(guessRoles(flowers, null)).toEqual(["input", "class"]);
		expect(samplesOf(flowers, ["input", "class"])).toMatchObject({
			samples: 4,
			inputs: 1,
			classes: ["setosa", "versicolor", "virginica"],
			wanted: Float64Array.of(2, 0, 1, 0),
		});
		expect(samplesOf(readCsv("1,0\n2,3"), ["input", "class"])).toMatchObject({
			classes: ["0", "1", "2", "3"],
			wanted: Float64Array.of(0, 3),
		});
		expect(refusal(() => samplesOf(readCsv("1,0\n2,700"), ["input", "class"]))).toMatchObject({ code: "csv-classes" });
	});
});
