/** V1's `layers { type: INNER_PRODUCT }`: most names are the new ones in capitals, these are not. Source: Caffe, upgrade_proto. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
	["SOFTMAX_LOSS", "SoftmaxWithLoss"],
	["RELU", "ReLU"],
	["TANH", "TanH"],
	["ABSVAL", "AbsVal"],
	["BNLL", "BNLL"],
	["LRN", "LRN"],
	["MVN", "MVN"],
	["HDF5_DATA", "HDF5Data"],
	["HDF5_OUTPUT", "HDF5Output"],
]);

/** The present type name of a V1 enumeration name. */
export function currentTypeName(old: string): string {
	return (
		EXCEPTIONS.get(old) ??
		old
			.split("_")
			.map((part) => part.charAt(0) + part.slice(1).toLowerCase())
			.join("")
	);
}
