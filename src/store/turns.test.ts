import { expect, it } from "vitest";
import { allDrawn, inTurn } from "./turns.ts";

it("draws the place, then text, then its operands, then panels, and only then moves, whatever was asked for first", async () => {
	const drawn: string[] = [];
	inTurn("motion", () => drawn.push("motion"));
	inTurn("panels", () => drawn.push("panels"));
	inTurn("operands", () => drawn.push("operands"));
	inTurn("text", () => drawn.push("text"));
	inTurn("place", () => drawn.push("place"));
	inTurn("scene", () => drawn.push("scene"));
	expect(drawn).toEqual([]);
	await allDrawn();
	expect(drawn).toEqual(["scene", "place", "text", "operands", "panels", "motion"]);
});

it("lets a later step's text come before the panels of the step before", async () => {
	const drawn: string[] = [];
	inTurn("panels", () => drawn.push("panels"));
	inTurn("text", () => {
		drawn.push("text");
		inTurn("text", () => drawn.push("newer text"));
	});
	await allDrawn();
	expect(drawn).toEqual(["text", "newer text", "panels"]);
});

it("does not draw what was taken back", async () => {
	const drawn: string[] = [];
	const takeBack = inTurn("text", () => drawn.push("text"));
	takeBack();
	await allDrawn();
	expect(drawn).toEqual([]);
});
