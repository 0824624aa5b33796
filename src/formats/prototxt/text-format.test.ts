import fc from "fast-check";
import protobuf from "protobufjs";
import textformat from "protobufjs/ext/textformat.js";
import { describe, expect, it } from "vitest";
import { FormatError, type FormatProblem } from "./problem.ts";
import { type FieldValue, type Message, parseTextFormat } from "./text-format.ts";

const { root } = protobuf.parse(
	`syntax = "proto2";
	message M {
		optional int32 count = 1;
		optional double rate = 2;
		optional string label = 3;
		optional bool flag = 4;
		optional E kind = 5;
		optional M inner = 6;
		repeated int32 dim = 7;
		repeated double value = 8;
		repeated string name = 9;
		repeated M child = 10;
	}
	enum E { MAX = 0; AVE = 1; }`,
	{ keepCase: true },
);
const type = root.lookupType("M");
const KINDS = ["MAX", "AVE"];
const REPEATED = ["dim", "value", "name", "child"];

/** The oracle's reading as plain data. */
function oracle(text: string): Record<string, unknown> {
	return type.toObject(textformat.fromText(type, text), { longs: Number });
}

function plainValue(name: string, value: FieldValue): unknown {
	if (value.kind === "message") return plain(value.message);
	if (name === "flag") return value.kind === "number" ? value.value === 1 : /^[tT]/.test(String(value.value));
	if (name === "kind" && value.kind === "identifier") return KINDS.indexOf(value.value);
	if (value.kind === "number" && name !== "rate" && name !== "value") return value.value + 0;
	return value.value;
}

/** This reader's message as the same plain data. */
function plain(message: Message): Record<string, unknown> {
	const result: Record<string, unknown> = Object.create(null);
	for (const { name, value } of message.fields) {
		const read = plainValue(name, value);
		const known = result[name];
		if (REPEATED.includes(name)) result[name] = Array.isArray(known) ? [...known, read] : [read];
		else result[name] = read;
	}
	return result;
}

function problemOf(text: string): FormatProblem {
	try {
		parseTextFormat(text);
	} catch (error) {
		if (error instanceof FormatError) return error.problem;
		throw error;
	}
	return expect.fail(`${text} was taken`);
}

const SAMPLES = [
	"",
	"# nothing but a comment",
	"count: 3 # after a value\nrate: .75",
	"dim: [64, 1] dim: 2 dim: []",
	"inner < count: 1 > child: < count: 2 > child { count: 3 }",
	"inner: {} child: { inner {} }",
	"count: 1, rate: 2; label: 'x'",
	"count: 0x1F",
	"count: -0xa dim: 017",
	"rate: -0.1f value: 1e-3 value: 2.5E+4F value: 1. value: .5f",
	"value: inf value: -inf value: Infinity value: nan value: - inf",
	"label: 'x' \"y\"\n 'z'",
	"label: 'it\\'s' name: \"\\\"\" name: '\"'",
	"label: '\\n\\t\\r\\a\\b\\f\\v\\\\\\?'",
	"label: '\\101\\x42\\x4a'",
	"label: '\\303\\251 \\xc3\\xa9' name: '\\xc3' '\\xa9'",
	"label: '\\u00e9\\U0001F600'",
	"label: 'é 中文 😀'",
	"flag: true",
	"flag: True",
	"flag: t",
	"flag: false",
	"flag: 0",
	"flag: 1",
	"kind: AVE",
	"kind: 1",
	"child: [{count: 1}, <count: 2>]",
	"name: ['a' 'b', \"c\"]",
	"count\n:\n3",
	"\t\v\f\r\ncount:3",
	"child{count:1}child{count:2}",
];

describe("text format", () => {
	it.each(SAMPLES)("%j is read as protobuf reads it", (text) => {
		expect(plain(parseTextFormat(text))).toEqual(oracle(text));
	});

	const space = fc.constantFrom(" ", "\n", "\t", ' # note { [ "\n', "  ");
	const number = fc.oneof(
		fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(String),
		fc.nat({ max: 4095 }).map((n) => `0x${n.toString(16)}`),
		fc.nat({ max: 4095 }).map((n) => `0${n.toString(8)}`),
	);
	const double = fc.oneof(
		fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => String(n)),
		fc.constantFrom("inf", "-inf", "nan", ".5", "-.25f", "3.", "1e3f", "0", "-0"),
	);
	const quoted = fc
		.tuple(fc.string({ unit: "grapheme", maxLength: 8 }), fc.constantFrom("'", '"'))
		.map(([content, quote]) => {
			const escaped = content.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`).replaceAll("\n", "\\n");
			return `${quote}${escaped}${quote}`;
		});
	const text = fc.tuple(quoted, space, quoted).map(([a, between, b]) => `${a}${between}${b}`);
	const anyMessage = fc.letrec<{ body: string }>((tie) => ({
		body: fc
			.record(
				{
					count: number,
					rate: double,
					label: text,
					flag: fc.constantFrom("true", "false", "t", "f", "True", "False", "0", "1"),
					kind: fc.constantFrom("MAX", "AVE", "0", "1"),
					dim: fc.array(number).map((list) => `[${list.join(", ")}]`),
					value: double,
					name: fc.array(text, { minLength: 1 }).map((list) => `[${list.join(",")}]`),
					inner: fc.option(tie("body"), { nil: "", maxDepth: 2, depthIdentifier: "body" }),
					child: fc.option(tie("body"), { nil: "", maxDepth: 2, depthIdentifier: "body" }),
				},
				{ requiredKeys: [] },
			)
			.chain((fields) =>
				fc
					.tuple(space, fc.constantFrom("", ",", ";"), fc.constantFrom(["{", "}"], ["<", ">"]), fc.boolean())
					.map(([gap, separator, [open, close], colon]) =>
						Object.entries(fields)
							.map(([name, value]) => {
								const isMessage = name === "inner" || name === "child";
								const shown = isMessage ? `${open}${gap}${value}${gap}${close}` : value;
								return `${name}${gap}${colon || !isMessage ? ":" : ""}${gap}${shown}`;
							})
							.join(`${gap}${separator}${gap}`),
					),
			),
	})).body;

	it("is read as protobuf reads it, however it is written", () => {
		fc.assert(
			fc.property(anyMessage, (written) => {
				expect(plain(parseTextFormat(written))).toEqual(oracle(written));
			}),
			{ numRuns: 300 },
		);
	});

	it("takes whatever protobuf takes, and as the same, after a random change too", () => {
		const change = fc.tuple(
			fc.nat(),
			fc.nat({ max: 3 }),
			fc.constantFrom("", ":", "{", "}", "<", "'", "\\", "1", "-", ".", "a", "#", "\n", "[", ","),
		);
		fc.assert(
			fc.property(anyMessage, change, (written, [at, removed, inserted]) => {
				const place = written.length === 0 ? 0 : at % written.length;
				const changed = written.slice(0, place) + inserted + written.slice(place + removed);
				let expected: unknown;
				try {
					expected = oracle(changed);
				} catch {
					return;
				}
				expect(plain(parseTextFormat(changed))).toEqual(expected);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe("refusals", () => {
	it.each([
		["count: 3\n  rate 5", "unexpected", 2, 8],
		["inner {\n  count: 1\n", "unclosed", 1, 7],
		["dim: [1, 2", "unclosed", 1, 6],
		["dim: [1 2]", "unexpected", 1, 9],
		["a: 'x\ny'", "unterminated-string", 1, 4],
		["a: 'x", "unterminated-string", 1, 4],
		["a: '\\q'", "unexpected", 1, 5],
		["a: 1\nb: \u0000", "unexpected", 2, 4],
		["a: 1 }", "unexpected", 1, 6],
		["a: { b: 1 >", "unexpected", 1, 11],
		["a: 3b: 4", "unexpected", 1, 5],
		["a: -'x'", "unexpected", 1, 5],
		["a: constructor b constructor", "unexpected", 1, 18],
		["a:", "unexpected", 1, 3],
		[": 1", "unexpected", 1, 1],
		["{".repeat(3), "unexpected", 1, 1],
	])("%j: %s at line %i, column %i", (text, code, line, column) => {
		expect(problemOf(text)).toMatchObject({ code, line, column });
	});

	it("bound depth and length", () => {
		expect(problemOf("a {".repeat(10_000))).toMatchObject({ code: "too-deep", line: 1 });
		expect(problemOf("#".repeat(17 * 2 ** 20))).toMatchObject({ code: "too-long" });
	});

	it("read words as words, whatever JavaScript calls its own", () => {
		const { fields } = parseTextFormat("a: constructor b: toString __proto__: __proto__");
		expect(fields.map(({ name, value }) => [name, value])).toEqual([
			["a", { kind: "identifier", value: "constructor" }],
			["b", { kind: "identifier", value: "toString" }],
			["__proto__", { kind: "identifier", value: "__proto__" }],
		]);
	});

	it("are all that any text can get besides an answer", () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."ab1.-:;,{}<>[]'\"\\#\n \u0000") })),
				(text) => {
					try {
						parseTextFormat(text);
					} catch (error) {
						if (!(error instanceof FormatError)) throw error;
					}
				},
			),
			{ numRuns: 2000 },
		);
	});
});
