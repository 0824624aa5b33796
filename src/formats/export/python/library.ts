/** NumPy or PyTorch: what both call alike is written `${name}.exp(…)`, what they call differently is made here. */
export interface Library {
	readonly name: "np" | "torch";
	/** The larger of each element and a number; the smaller. */
	atLeast(x: string, bound: string): string;
	atMost(x: string, bound: string): string;
	/** Arrays one after the other along an axis. */
	join(arrays: readonly string[], axis: number): string;
	/** A list of arrays as one with a new first axis. */
	stack(list: string): string;
	/** Numbers cut off towards 0, as indices. */
	whole(x: string): string;
	/** Indices as rows of 0 and 1, with a new last axis. */
	oneHot(indices: string, classes: number): string;
	/** Truth values as numbers. */
	numbers(truths: string): string;
	sigmoid(x: string): string;
	softmax(x: string, axis: number): string;
	/** A value that shall be no other's name. */
	copy(x: string): string;
	/** What no gradient goes back through. */
	constant(x: string): string;
}

export const numpy: Library = {
	name: "np",
	atLeast: (x, bound) => `np.maximum(${x}, ${bound})`,
	atMost: (x, bound) => `np.minimum(${x}, ${bound})`,
	join: (arrays, axis) => `np.concatenate([${arrays.join(", ")}], axis=${axis})`,
	stack: (list) => `np.stack(${list})`,
	whole: (x) => `np.trunc(${x}).astype(int)`,
	oneHot: (indices, classes) => `np.eye(${classes})[${indices}]`,
	numbers: (truths) => `${truths}.astype(np.float64)`,
	sigmoid: (x) => `sigmoid(${x})`,
	softmax: (x, axis) => `softmax(${x}, ${axis})`,
	copy: (x) => x,
	constant: (x) => x,
};

export const pytorch: Library = {
	name: "torch",
	atLeast: (x, bound) => `torch.clamp(${x}, min=${bound})`,
	atMost: (x, bound) => `torch.clamp(${x}, max=${bound})`,
	join: (arrays, axis) => `torch.cat([${arrays.join(", ")}], dim=${axis})`,
	stack: (list) => `torch.stack(${list})`,
	whole: (x) => `torch.trunc(${x}).to(torch.int64)`,
	oneHot: (indices, classes) => `F.one_hot(${indices}, ${classes}).to(torch.float64)`,
	numbers: (truths) => `${truths}.to(torch.float64)`,
	sigmoid: (x) => `torch.sigmoid(${x})`,
	softmax: (x, axis) => `torch.softmax(${x}, ${axis})`,
	copy: (x) => `${x}.clone()`,
	constant: (x) => `${x}.detach()`,
};

/** For each place of the kernel, what lies under it. `places` lists the kernel's places. */
const windowsLines = (places: string) => [
	"def windows(shape, kernel, stride, dilation):",
	"    # for each place of the kernel, what lies under it in all windows of a padded image",
	"    out = [(n - d * (k - 1) - 1) // s + 1 for n, k, s, d in zip(shape[2:], kernel, stride, dilation)]",
	`    for place in ${places}:`,
	"        under = tuple(slice(p * d, p * d + s * (o - 1) + 1, s) for p, d, s, o in zip(place, dilation, stride, out))",
	"        yield (slice(None), slice(None)) + place, (slice(None), slice(None)) + under, out",
];

/** What the padding around an image is cut off with. */
const WITHOUT_PADDING =
	"    return x[(slice(None), slice(None)) + tuple(slice(p, p + n) for n, p in zip(shape[2:], pad))]";

/** Functions that layers of the NumPy script call, defined once at its top. */
const numpyHelpers = {
	sigmoid: ["def sigmoid(x):", "    return 0.5 * np.tanh(0.5 * x) + 0.5"],
	softmax: [
		"def softmax(x, axis):",
		"    e = np.exp(x - x.max(axis=axis, keepdims=True))",
		"    return e / e.sum(axis=axis, keepdims=True)",
	],
	windows: windowsLines("np.ndindex(*kernel)"),
	im2col: [
		"def im2col(x, kernel, stride, pad, dilation):",
		"    x = np.pad(x, [(0, 0), (0, 0)] + [(p, p) for p in pad])",
		"    columns = None",
		"    for place, under, out in windows(x.shape, kernel, stride, dilation):",
		"        if columns is None:",
		"            columns = np.empty((*x.shape[:2], *kernel, *out))",
		"        columns[place] = x[under]",
		"    return columns.reshape(x.shape[0], x.shape[1] * int(np.prod(kernel)), -1)",
	],
	col2im: [
		"def col2im(columns, shape, kernel, stride, pad, dilation):",
		"    x = np.zeros((*shape[:2], *(n + 2 * p for n, p in zip(shape[2:], pad))))",
		"    for place, under, out in windows(x.shape, kernel, stride, dilation):",
		"        x[under] += columns.reshape(*shape[:2], *kernel, *out)[place]",
		WITHOUT_PADDING,
	],
	neighbours: [
		"def neighbours(x, size, axes):",
		"    # the sum over what is near along the axes; what lies outside counts 0",
		"    for axis in axes:",
		"        edge = [(size // 2, size // 2) if k == axis else (0, 0) for k in range(x.ndim)]",
		"        wide = np.pad(x, edge)",
		"        x = sum(np.take(wide, range(k, k + x.shape[axis]), axis=axis) for k in range(size))",
		"    return x",
	],
} as const;

export type NumpyHelper = keyof typeof numpyHelpers;

/** What PyTorch has no function of its own for. */
const torchHelpers = {
	windows: windowsLines("map(tuple, torch.ones(kernel).nonzero().tolist())"),
	im2col: [
		"def im2col(x, kernel, stride, pad, dilation):",
		"    x = F.pad(x, [side for p in reversed(pad) for side in (p, p)])",
		"    columns = [x[under] for _, under, _ in windows(x.shape, kernel, stride, dilation)]",
		"    return torch.stack(columns, 2).reshape(x.shape[0], x.shape[1] * len(columns), -1)",
	],
	col2im: [
		"def col2im(columns, shape, kernel, stride, pad, dilation):",
		"    x = torch.zeros((*shape[:2], *(n + 2 * p for n, p in zip(shape[2:], pad))), dtype=torch.float64)",
		"    for place, under, out in windows(x.shape, kernel, stride, dilation):",
		"        x[under] = x[under] + columns.reshape(*shape[:2], *kernel, *out)[place]",
		WITHOUT_PADDING,
	],
} as const;

export type TorchHelper = keyof typeof torchHelpers;

/** What a helper calls itself. */
const calledBy: Readonly<Record<string, readonly TorchHelper[]>> = {
	im2col: ["windows"],
	col2im: ["windows"],
};

/** Helpers in the order in which they are defined, each once and with those that it calls. */
function helperLines<Name extends string>(
	helpers: Readonly<Record<Name | TorchHelper, readonly string[]>>,
	wanted: readonly Name[],
): readonly string[] {
	const all = new Set(wanted.flatMap((name) => [...(calledBy[name] ?? []), name]));
	return [...all].flatMap((name) => ["", ...helpers[name], ""]);
}

export const numpyHelperLines = (wanted: readonly NumpyHelper[]) => helperLines(numpyHelpers, wanted);
export const torchHelperLines = (wanted: readonly TorchHelper[]) => helperLines(torchHelpers, wanted);
