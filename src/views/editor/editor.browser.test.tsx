import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { cleanup, render } from "vitest-browser-react";
import type { PresetId } from "../../data/preset.ts";
import type { LayerSpecification } from "../../engine/specification.ts";
import { goTo } from "../../store/actions.ts";
import { type Experiment, settingsIn } from "../../store/experiment.ts";
import { commitExperiment, undo } from "../../store/history.ts";
import { sessionStore } from "../../store/session.ts";
import { openPresetById } from "../../store/show-experiment.ts";
import Editor from "./editor.tsx";

function experiment(): Experiment {
	const { run } = sessionStore.getState();
	if (run === null) throw new Error("nothing is open");
	return run.experiment;
}

async function open(id: PresetId) {
	await openPresetById(id);
	return render(<Editor />);
}

type Screen = Awaited<ReturnType<typeof open>>;

async function type(screen: Screen, label: string, text: string): Promise<void> {
	await userEvent.fill(screen.getByLabelText(label, { exact: true }), text);
	await userEvent.keyboard("{Enter}");
}

afterEach(() => cleanup());

describe("a typed number", () => {
	let screen: Screen;
	beforeEach(async () => {
		screen = await open("xor");
	});

	it.each([
		["1/4", 0.25],
		["0,25", 0.25],
		["2.5e-1", 0.25],
	])("%s is kept with Enter, and undone", async (text, value) => {
		await type(screen, "Learning rate α", text);
		await expect.poll(() => settingsIn(experiment(), 1).baseLr).toBe(value);
		await expect.element(screen.getByLabelText("Learning rate α")).toHaveValue("0.25");
		await undo();
		await expect.element(screen.getByLabelText("Learning rate α")).toHaveValue("1");
	});

	it("goes back to the former with Esc", async () => {
		const field = screen.getByLabelText("Learning rate α");
		await userEvent.fill(field, "7");
		await userEvent.keyboard("{Escape}");
		await expect.element(field).toHaveValue("1");
		expect(experiment().edits).toEqual([]);
	});

	it.each([
		["Learning rate α", "1e9", "The learning rate must be a number from 0 to 1000; 1·10⁹ is not. 1 stays."],
		["Learning rate α", "NaN", "“NaN” is not a number. Write it as 0.5 or 0,5, as 1/3, or as 1e-3. 1 stays."],
		["Passes (iter_size)", "0", "Iter_size must be a whole number from 1 to 64; 0 is not. 1 stays."],
		[
			"Units of hidden",
			"0",
			"Units of hidden: The number of units must be a whole number from 1 to 256; 0 is not. 3 stays.",
		],
		[
			"Units of hidden",
			"1000000",
			"Units of hidden: The number of units must be a whole number from 1 to 256; 1·10⁶ is not. 3 stays.",
		],
		[
			"x1 of sample 2",
			"abc",
			"x1 of sample 2: “abc” is not a number. Write it as 0.5 or 0,5, as 1/3, or as 1e-3. 0 stays.",
		],
	])("in %s: %s is refused right there, and the former stays", async (label, text, sentence) => {
		const before = experiment();
		await type(screen, label, text);
		await expect.element(screen.getByText(sentence, { exact: true })).toBeInTheDocument();
		await expect.element(screen.getByLabelText(label, { exact: true })).toHaveAttribute("aria-invalid", "true");
		expect(experiment()).toBe(before);
		await userEvent.keyboard("{Escape}");
		await expect.element(screen.getByText(sentence, { exact: true })).not.toBeInTheDocument();
	});
});

describe("the form", () => {
	it("changes layers, activations and the loss", async () => {
		const screen = await open("xor");
		await userEvent.click(screen.getByRole("button", { name: "Add a hidden layer before output" }));
		await expect.element(screen.getByLabelText("Units of hidden1")).toHaveValue("2");
		await userEvent.selectOptions(screen.getByLabelText("Activation of hidden", { exact: true }), "ReLU");
		await expect.poll(() => experiment().net.layers.some(({ type: found }) => found === "ReLU")).toBe(true);
		await userEvent.selectOptions(screen.getByLabelText("Loss"), "sigmoid with cross-entropy");
		await expect.element(screen.getByText("part of the loss")).toBeInTheDocument();
		await userEvent.click(screen.getByRole("button", { name: "Remove hidden1" }));
		await expect.element(screen.getByLabelText("Units of hidden1")).not.toBeInTheDocument();
	});

	it("adds a sample, changes it, takes it out", async () => {
		const screen = await open("xor");
		await userEvent.click(screen.getByRole("button", { name: "A copy of the last sample, to be edited" }));
		await type(screen, "y1 of sample 5", "1/2");
		await expect.poll(() => experiment().data.source.blobs.label.values[4]).toBe(0.5);
		await userEvent.click(screen.getByRole("button", { name: "Remove sample 5" }));
		await expect.poll(() => experiment().data.source.samples).toBe(4);
	});

	it("gives a single start value, and draws them again", async () => {
		const screen = await open("xor");
		await type(screen, "W⁽¹⁾, row 2, column 1", "-1/3");
		await expect.poll(() => experiment().start["hidden/0"]?.[2]).toBe(-1 / 3);
		await expect.element(screen.getByText("given one by one")).toBeInTheDocument();
		await userEvent.click(screen.getByRole("button", { name: "Draw them again" }));
		await expect.poll(() => experiment().start).toEqual({});
	});

	it("keeps biases from learning and from decay", async () => {
		const screen = await open("xor");
		await userEvent.click(screen.getByLabelText("Biases are updated"));
		await expect.element(screen.getByLabelText("Biases are updated")).not.toBeChecked();
		await userEvent.click(screen.getByLabelText("Decay on biases"));
		await expect.element(screen.getByLabelText("Decay on biases")).toBeChecked();
		const biases = sessionStore.getState().run?.structure.net.learnable.filter(({ slot }) => slot === 1);
		expect(biases?.map(({ lrMult, decayMult }) => [lrMult, decayMult])).toEqual([
			[0, 1],
			[0, 1],
		]);
	});

	it("keeps every bias of a layer from learning, also where it has two", async () => {
		const screen = await open("lstm");
		const { net, ...rest } = experiment();
		const layers = net.layers.map((layer) => (layer.type === "LSTM" ? { ...layer, type: "RNN" } : layer));
		await commitExperiment({ ...rest, net: { ...net, layers } });
		await userEvent.click(screen.getByLabelText("Biases are updated"));
		await expect.element(screen.getByLabelText("Biases are updated")).not.toBeChecked();
		const learnt = sessionStore
			.getState()
			.run?.structure.net.learnable.filter(({ layer, lrMult }) => layer === "lstm1" && lrMult !== 0);
		// W_xh, W_hh, W_ho stay; b_h and b_o do not.
		expect(learnt?.map(({ slot }) => slot)).toEqual([0, 2, 3]);
	});

	it("says below a layer what is unusual about it: a wrong gradient, dropout, parameters that stay", async () => {
		const screen = await open("xor");
		const { net, ...rest } = experiment();
		const layers = net.layers.flatMap((layer) => {
			const more = (name: string, kind: string, settings: LayerSpecification["settings"]) =>
				({ name, type: kind, bottoms: ["hidden"], tops: ["hidden"], settings }) as const;
			if (layer.name !== "hidden") return [layer];
			const fixed = { ...layer, parameters: [{ lrMult: 1 }, { lrMult: 0 }] };
			return [fixed, more("double", "Power", { scale: 2 }), more("drop", "Dropout", { dropout_ratio: 0.25 })];
		});
		await commitExperiment({ ...rest, net: { ...net, layers } });
		await expect.element(screen.getByText(/^double works in place: it overwrites its input/)).toBeInTheDocument();
		await expect.element(screen.getByText("drop drops each value with probability 0.25 while training.")).toBeVisible();
		await expect.element(screen.getByText("Not learnt (lr_mult 0): b⁽¹⁾.")).toBeVisible();
	});

	it("lists the edits with their iterations, each to be taken back", async () => {
		const screen = await open("xor");
		await goTo({ iteration: 3, leaf: 0 });
		await type(screen, "Momentum μ", "0.5");
		await userEvent.click(screen.getByRole("button", { name: "on", exact: true }));
		await expect.element(screen.getByText("Momentum 0.50")).toBeInTheDocument();
		await expect.element(screen.getByText("Clip gradients 1")).toBeInTheDocument();
		expect(settingsIn(experiment(), 2)).toMatchObject({ momentum: 0.9, clipGradients: -1 });
		await userEvent.click(screen.getByRole("button", { name: "Take back: Momentum 0.50" }));
		await expect.poll(() => settingsIn(experiment(), 3)).toMatchObject({ momentum: 0.9, clipGradients: 1 });
	});

	it("shows one sample at a time where a sample has many numbers", async () => {
		const screen = await open("digits");
		await expect.element(screen.getByLabelText("class of sample 1", { exact: true })).toHaveValue("0");
		await type(screen, "Sample", "501");
		await expect.element(screen.getByText(/from 1 to 500; 501 is not/)).toBeInTheDocument();
		await type(screen, "Sample", "3");
		await expect.element(screen.getByLabelText("class of sample 3", { exact: true })).toHaveValue("2");
		await type(screen, "class of sample 3", "10");
		await expect.element(screen.getByText(/must be a whole number from 0 to 9; 10 is not/)).toBeInTheDocument();
	});
});
