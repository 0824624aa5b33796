/** Opening one's own net, solver, weights, samples or experiment. */
export const imports = {
	intro:
		"A net or solver (prototxt), weights (caffemodel, npz), samples (CSV), an experiment saved here (JSON) or a link. What is shown stays until the new one is open; Undo brings it back.",
	drop: "Drop files here",
	choose: "Choose files",
	paste: "Or paste a text",
	pasteExample: 'layer { name: "data" …',
	read: "Read",
	pasted: "pasted text",
	remove: (what: string) => `Remove ${what}`,
	open: "Open",
	opening: "Opening …",
	cancel: "Cancel",
	kinds: {
		state: "Experiment",
		link: "Link",
		net: "Net",
		solver: "Solver",
		csv: "Samples",
		npz: "Weights",
		caffemodel: "Weights",
	},
	lines: (count: string) => `${count} lines`,
	bytes: (count: string) => `${count} bytes`,

	csv: {
		preview: (shown: string, rows: string) => `The first ${shown} of ${rows} samples`,
		separator: "Columns are separated by",
		separators: { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space" } as Readonly<
			Record<string, string>
		>,
		decimal: "Decimal mark",
		point: "point",
		comma: "comma",
		header: "The first row holds names",
		roleOf: (column: string) => `Column “${column}” is`,
		roles: { input: "input", target: "target", class: "class", none: "left out" },
		fits: "They go into the net as it stands.",
		newNet: (units: string) => `They do not fit the net shown, so one is made for them: ${units}.`,
	},

	shape: (layer: string, top: string) =>
		`Layer “${layer}” reads “${top}” from a file. What does one sample look like? Channels, height, width, for example 1 28 28.`,
	shapeLabel: (top: string) => `Shape of one sample of “${top}”`,
	shapeWrong: (text: string) => `“${text}” is not a shape. Write whole numbers from 1 up with spaces between them.`,

	notes: {
		float32: "Its settings are rounded to float32, as Caffe reads them.",
		drawn: (samples: string, seed: string) =>
			`A net's file holds no samples: ${samples} were drawn with seed ${seed}. Add a CSV to use your own.`,
		missing: (layers: string) => `The file has no weights for ${layers}; these start as the net says.`,
		unused: (layers: string) => `Not used, because the net has no such layers: ${layers}.`,
	},

	problems: {
		in: (name: string) => `${name}: `,
		fileTooLarge: (found: string, limit: string) => `The file has ${found} bytes; ${limit} is the limit.`,
		unknownKind: "This is none of the files that can be opened here.",
		notJson: (line: number, column: number) => `Line ${line}, column ${column}: this is no JSON.`,
		csvEmpty: "The table has no samples.",
		csvQuote: (line: number) => `Line ${line}: a quotation mark is opened and never closed.`,
		csvWidth: (line: number, expected: string, found: string) =>
			`Line ${line}: this row has ${found} columns, the first has ${expected}.`,
		csvNumber: (line: number, column: number, name: string, found: string) =>
			found === ""
				? `Line ${line}, column ${column} (“${name}”): the cell is empty; a number is needed.`
				: `Line ${line}, column ${column} (“${name}”): “${found}” is no number.`,
		csvClass: (line: number, name: string) => `Line ${line}: the cell of “${name}” is empty; a class is needed.`,
		csvCells: (found: string, limit: string) => `The table has ${found} cells or more; ${limit} is the limit.`,
		csvClasses: (name: string, found: string, limit: string) =>
			`“${name}” would make ${found} classes; ${limit} is the limit. Perhaps it is a number: make it a target.`,
		csvInput: "No column is an input. Choose at least one.",
		csvTarget: "No column is a target or a class. Choose at least one.",
		npzBroken: "The archive is damaged, or holds no arrays.",
		npyHeader: (name: string) => `Array “${name}”: its header cannot be read.`,
		npyType: (name: string, found: string) => `Array “${name}”: “${found}” is not a type of real numbers.`,
		npyLength: (name: string, expected: string, found: string) =>
			`Array “${name}”: its shape needs ${expected} numbers, ${found} are there.`,
		weightsNone: (names: string) => `None of its names is a layer of the net. It has ${names}.`,
		notWeights: "This is no caffemodel, or it is damaged.",
		blobCount: (layer: string, slot: number, expected: string, found: string) =>
			`Layer “${layer}”, parameter ${slot}: its shape needs ${expected} numbers, ${found} are there.`,
		layerShape: (layer: string, slot: number, expected: string, found: string) =>
			`Layer “${layer}”, parameter ${slot}: the net has ${expected}, the file ${found}.`,
	},
};
