/** Why something was refused: what, where, what is allowed. Names in files (`num_output`) are given as they stand there. */
export const problems = {
	line: (line: number) => `Line ${line}: `,
	place: (line: number, column: number) => `Line ${line}, column ${column}: `,
	layer: (layer: string) => `Layer “${layer}”: `,
	kept: (former: string) => `${former} stays.`,

	link: {
		cut: "It was cut off on its way, often by a chat program. Ask for it once more, as a QR code or a file.",
		changed: "It was changed on its way. Ask for it once more.",
		newer: (made: number, known: number) =>
			`It was made with version ${made} of the page; this one knows versions up to ${known}.`,
		large: { characters: "characters", bytes: "bytes", weights: "weights" },
		tooLarge: (found: string, limit: string, what: string) =>
			`It is too large: ${found} ${what}, ${limit} are allowed. Use a file instead.`,
		content: (path: string) => (path === "" ? "Its content cannot be read." : `Its part “${path}” cannot be read.`),
	},

	typed: {
		empty: "Type a number.",
		notANumber: (text: string) => `“${text}” is not a number. Write it as 0.5 or 0,5, as 1/3, or as 1e-3.`,
		divisionByZero: (text: string) => `“${text}” divides by 0.`,
		tooLarge: (text: string, limit: string) => `“${text}” is too large; ±${limit} is the limit.`,
		notAList: (text: string) => `“${text}” is not a list of whole numbers. Write 10 20 30.`,
	},

	unknownLayerType: (type: string) => `there is no layer type “${type}” here.`,
	didYouMean: (near: string) => ` Did you mean “${near}”?`,
	unknownBottom: (bottom: string) => `nothing before it makes “${bottom}”.`,
	duplicateLayer: "another layer has this name already.",
	duplicateTop: (top: string) => `“${top}” is made by an earlier layer already.`,
	portCount: (port: string, range: string, found: number) => `it needs ${range} ${port}, and has ${found}.`,
	ports: { bottom: "inputs (bottom)", top: "outputs (top)" },
	exactly: (count: number) => String(count),
	atLeast: (count: number) => `at least ${count}`,
	between: (minimum: number, maximum: number) => `${minimum} to ${maximum}`,
	shapeMismatch: (what: string, expected: string, found: string) =>
		`${what} has the shape ${found}, where ${expected} is needed.`,
	inPlaceRefused: (top: string) => `it cannot work in place on “${top}”.`,
	setting: (setting: string, expected: string, found: string) => `${setting} must be ${expected}; ${found} is not.`,
	unknownSetting: (setting: string) => `it has no setting “${setting}”.`,
	sharedParameter: (parameter: string, expected: string, found: string) =>
		`the shared parameter “${parameter}” is ${expected} in one place and ${found} in another.`,
	tooLarge: (elements: string, limit: string) =>
		`with it the net would hold ${elements} numbers; ${limit} is the limit. Nothing was allocated.`,
	dataShape: (blob: string, expected: number, found: number) =>
		`The data for “${blob}” have ${found} numbers a sample; the net wants ${expected}.`,
	noLoss: "The net has no loss, so there is nothing to learn from.",

	/** Words in what was expected. */
	expected: { integer: "a whole number", number: "a number", text: "a text", trueOrFalse: "true or false", or: "or" },
	range: (kind: string, minimum: string, maximum: string) => `${kind} from ${minimum} to ${maximum}`,
	least: (kind: string, minimum: string) => `${kind} of at least ${minimum}`,
	most: (kind: string, maximum: string) => `${kind} of at most ${maximum}`,
	settings: {
		num_output: "the number of units",
		layers: "the number of layers",
		sample: "the sample",
		samples: "the number of samples",
		batch: "the batch",
		seed: "the seed",
		value: "the value",
		base_lr: "the learning rate",
		momentum: "momentum",
		weight_decay: "weight decay",
		iter_size: "iter_size",
		clip_gradients: "the bound of clipping",
		gamma: "gamma",
		power: "power",
		stepsize: "the step",
		stepvalue: "each step value",
		max_iter: "max_iter",
		lr_mult: "lr_mult",
		decay_mult: "decay_mult",
		std: "ε",
		max: "the bound",
		type: "the type",
	} as Readonly<Record<string, string>>,

	unexpected: (found: string, expected: string) => `“${found}” stands where ${expected} is needed.`,
	endOfFile: "the end of the file",
	unterminatedString: "this text has no closing quotation mark.",
	unclosed: (field: string) => `“${field} {” is never closed.`,
	tooDeep: (limit: number) => `braces stand more than ${limit} deep.`,
	tooManyFields: (limit: string) => `there are more than ${limit} fields.`,
	tooLong: (limit: string, found: string) => `The file has ${found} characters; ${limit} is the limit.`,
	unknownField: (field: string) => `there is no field “${field}” here.`,
	wrongType: (field: string, expected: string) => `“${field}” must be ${expected}.`,
	shapeNeeded: (layer: string, top: string, batch: number) =>
		`layer “${layer}” reads “${top}” from a file, ${batch} at a time; what one sample looks like stands nowhere in the net.`,
	missing: (field: string) => `“${field}” is missing.`,
};
