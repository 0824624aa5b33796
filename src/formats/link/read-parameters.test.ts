import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isParameterKey, parameterKeys, parameters } from "./parameters.ts";
import { readParameters } from "./read-parameters.ts";
import { stateOfLink } from "./state-of-link.ts";

const read = (query: string) => readParameters(query).values;

describe("the query of a link", () => {
	it("is read by type", () => {
		expect(read("?preset=xor&net=2-3-1&act=tanh,linear&lr=0.5&batch=4&seed=7&edit=0&ui=bare&hide=help,link")).toEqual({
			preset: "xor",
			net: [2, 3, 1],
			act: ["tanh", "linear"],
			lr: 0.5,
			batch: 4,
			seed: 7,
			edit: false,
			ui: "bare",
			hide: ["help", "link"],
		});
	});

	it.each(["1", "true", "yes"])("takes %s as yes", (text) =>
		expect(read(`?autoplay=${text}`)).toEqual({ autoplay: true }),
	);
	it.each(["0", "false", "no"])("takes %s as no", (text) => expect(read(`?links=${text}`)).toEqual({ links: false }));
	it("takes a bare flag as yes", () => expect(read("?autoplay&at=7")).toEqual({ autoplay: true, at: "7" }));

	it("takes the last of several, and says so", () => {
		const { values, notices } = readParameters("?lr=0.1&lr=0.3");
		expect(values).toEqual({ lr: 0.3 });
		expect(notices).toEqual([{ code: "repeated", where: "lr", instead: "0.3" }]);
	});

	it.each([
		["lr=abc", "lr"],
		["lr=11", "lr"],
		["lr=0x1", "lr"],
		["seed=-1", "seed"],
		["seed=1.5", "seed"],
		["net=2-0-1", "net"],
		["net=2--1", "net"],
		["hide=help,all", "hide"],
		["bg=%23fff", "bg"],
		["title=%FF", "title"],
		["title=%20", "title"],
		["fid=a b", "fid"],
		["origin=javascript:alert(1)", "origin"],
		["constructor=1&at=", "at"],
	])("refuses %s and says what is used", (query, where) => {
		const { values, notices } = readParameters(query);
		expect(values).toEqual({});
		expect(notices).toMatchObject([{ code: "unknown", where }]);
	});

	it("refuses what is longer than anything that could be meant, except a state", () => {
		expect(readParameters(`?title=${"a".repeat(201)}`).notices).toMatchObject([{ code: "too-long", where: "title" }]);
		expect(readParameters(`?s=1.d.${"a".repeat(900)}.x`).notices).toEqual([]);
	});

	it("is never a reason to throw, and every notice names a key of ours", () => {
		const key = fc.oneof(fc.constantFrom(...parameterKeys), fc.string());
		fc.assert(
			fc.property(fc.array(fc.tuple(key, fc.string({ unit: "binary" }))), fc.string(), (pairs, tail) => {
				const { values, notices } = readParameters(`${pairs.map(([k, v]) => `${k}=${v}`).join("&")}${tail}`);
				expect(Object.keys(values).every(isParameterKey)).toBe(true);
				expect(notices.every(({ where }) => isParameterKey(where))).toBe(true);
			}),
		);
	});

	it("says a default in words that would be understood, where the default is one value", () => {
		for (const key of parameterKeys) {
			const { fallback, type } = parameters[key];
			if (/^[\w.-]+$/.test(fallback) && fallback !== "nothing") expect(type.parse(fallback), key).toBeDefined();
		}
	});
});

describe("the state of a link", () => {
	it("stands in the fragment, else in the query", () => {
		expect(stateOfLink("?s=1.d.a.b", "#s=1.d.c.d")).toBe("1.d.c.d");
		expect(stateOfLink("?s=1.d.a.b", "#controls")).toBe("1.d.a.b");
		expect(stateOfLink("?preset=xor", "")).toBeUndefined();
	});
});
