import type { Catalogue } from "../catalogue.ts";

export const imports: Catalogue["imports"] = {
	intro:
		"可以打开网络或求解器（prototxt）、权重（caffemodel、npz）、样本（CSV）、在这里保存的实验（JSON）或链接。新的打开之前，现在显示的一直保留；用“撤销”可以回来。",
	drop: "把文件拖到这里",
	choose: "选择文件",
	paste: "或者粘贴文本",
	pasteExample: 'layer { name: "data" …',
	read: "读取",
	pasted: "粘贴的文本",
	remove: (what) => `去掉${what}`,
	open: "打开",
	opening: "正在打开……",
	cancel: "取消",
	kinds: {
		state: "实验",
		link: "链接",
		net: "网络",
		solver: "求解器",
		csv: "样本",
		npz: "权重",
		caffemodel: "权重",
	},
	lines: (count) => `${count} 行`,
	bytes: (count) => `${count} 字节`,

	csv: {
		preview: (shown, rows) => `共 ${rows} 个样本，前 ${shown} 个`,
		separator: "列之间的分隔符",
		separators: { ",": "逗号", ";": "分号", "\t": "制表符", "|": "竖线", " ": "空格" },
		decimal: "小数点写作",
		point: "句点",
		comma: "逗号",
		header: "第一行是列名",
		roleOf: (column) => `“${column}”列是`,
		roles: { input: "输入", target: "目标", class: "类别", none: "不用" },
		fits: "它们可以直接用在现在的网络里。",
		newNet: (units) => `它们与现在的网络不合，所以另建一个网络：${units}。`,
	},

	shape: (layer, top) => `层“${layer}”从文件读取“${top}”。一个样本是什么形状？依次写通道数、高、宽，例如 1 28 28。`,
	shapeLabel: (top) => `“${top}”一个样本的形状`,
	shapeWrong: (text) => `“${text}”不是形状。请写从 1 起的整数，中间用空格隔开。`,

	notes: {
		float32: "它的设置按 Caffe 的读法舍入到 float32。",
		drawn: (samples, seed) =>
			`网络文件里没有样本：用种子 ${seed} 抽取了 ${samples} 个。要用自己的样本，请再加一个 CSV。`,
		missing: (layers) => `文件里没有 ${layers} 的权重，这些层按网络的写法初始化。`,
		unused: (layers) => `没有用到，因为网络里没有这些层：${layers}。`,
	},

	problems: {
		in: (name) => `${name}：`,
		fileTooLarge: (found, limit) => `文件有 ${found} 字节，上限为 ${limit}。`,
		unknownKind: "这不是可以在这里打开的文件。",
		notJson: (line, column) => `第 ${line} 行第 ${column} 列：不是 JSON。`,
		csvEmpty: "表格里没有样本。",
		csvQuote: (line) => `第 ${line} 行：引号没有闭合。`,
		csvWidth: (line, expected, found) => `第 ${line} 行：这一行有 ${found} 列，第一行有 ${expected} 列。`,
		csvNumber: (line, column, name, found) =>
			found === ""
				? `第 ${line} 行第 ${column} 列（“${name}”）：单元格是空的，应为一个数。`
				: `第 ${line} 行第 ${column} 列（“${name}”）：“${found}”不是数。`,
		csvClass: (line, name) => `第 ${line} 行：“${name}”的单元格是空的，应为一个类别。`,
		csvCells: (found, limit) => `表格至少有 ${found} 个单元格，上限为 ${limit}。`,
		csvClasses: (name, found, limit) => `“${name}”会有 ${found} 个类别，上限为 ${limit}。也许它是数值：请改为目标。`,
		csvInput: "没有一列是输入。请至少选一列。",
		csvTarget: "没有一列是目标或类别。请至少选一列。",
		npzBroken: "压缩包已损坏，或者里面没有数组。",
		npyHeader: (name) => `数组“${name}”：文件头无法读取。`,
		npyType: (name, found) => `数组“${name}”：“${found}”不是实数类型。`,
		npyLength: (name, expected, found) => `数组“${name}”：按形状应有 ${expected} 个数，实有 ${found} 个。`,
		weightsNone: (names) => `里面的名字没有一个是网络的层。它有 ${names}。`,
		notWeights: "这不是 caffemodel 文件，或者已经损坏。",
		blobCount: (layer, slot, expected, found) =>
			`层“${layer}”的第 ${slot} 个参数：按形状应有 ${expected} 个数，实有 ${found} 个。`,
		layerShape: (layer, slot, expected, found) =>
			`层“${layer}”的第 ${slot} 个参数：网络里是 ${expected}，文件里是 ${found}。`,
	},
};
