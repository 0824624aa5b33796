import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { countOf, type Shape } from "../../engine/shape.ts";
import { WeightsError } from "./problem.ts";

/** One parameter blob of a file of weights. */
export interface StoredBlob {
	readonly shape: Shape;
	readonly values: Float64Array;
}

export interface StoredLayer {
	readonly name: string;
	/** Caffe's type name; empty where the file does not say. */
	readonly type: string;
	readonly blobs: readonly StoredBlob[];
}

/** Field numbers of Caffe's messages. Source: caffe.proto. */
const NET = { name: 1, oldLayers: 2, layer: 100 } as const;
const LAYER = { name: 1, type: 2, blobs: 7 } as const;
const OLD_LAYER = { name: 4, blobs: 6 } as const;
const BLOB = { num: 1, channels: 2, height: 3, width: 4, data: 5, shape: 7, doubleData: 8 } as const;
const SHAPE = { dim: 1 } as const;

const LONGEST = 512 * 2 ** 20;

/** A field with numbers in it: one, or many in a row. */
function readNumbers(reader: BinaryReader, wire: WireType, width: 4 | 8, into: number[][]): void {
	if (wire !== WireType.LengthDelimited) {
		into.push([width === 4 ? reader.float() : reader.double()]);
		return;
	}
	const bytes = reader.bytes();
	if (bytes.length % width !== 0) throw new WeightsError({ code: "not-weights" });
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const values = new Array<number>(bytes.length / width);
	for (let k = 0; k < values.length; k++) {
		values[k] = width === 4 ? view.getFloat32(k * 4, true) : view.getFloat64(k * 8, true);
	}
	into.push(values);
}

function readShape(reader: BinaryReader, length: number): number[] {
	const end = reader.pos + length;
	const dims: number[] = [];
	while (reader.pos < end) {
		const [field, wire] = reader.tag();
		if (field !== SHAPE.dim) reader.skip(wire);
		else if (wire === WireType.LengthDelimited) {
			const stop = reader.uint32() + reader.pos;
			while (reader.pos < stop) dims.push(Number(reader.int64()));
		} else dims.push(Number(reader.int64()));
	}
	return dims;
}

function readBlob(reader: BinaryReader, length: number): { shape: Shape | null; values: readonly number[] } {
	const end = reader.pos + length;
	const parts: number[][] = [];
	const old = [0, 0, 0, 0];
	let shape: Shape | null = null;
	while (reader.pos < end) {
		const [field, wire] = reader.tag();
		if (field === BLOB.data) readNumbers(reader, wire, 4, parts);
		else if (field === BLOB.doubleData) readNumbers(reader, wire, 8, parts);
		else if (field === BLOB.shape) shape = readShape(reader, reader.uint32());
		else if (field >= BLOB.num && field <= BLOB.width) old[field - BLOB.num] = reader.int32();
		else reader.skip(wire);
	}
	return { shape: shape ?? (old.some((size) => size > 0) ? old : null), values: parts.flat() };
}

function readLayer(
	reader: BinaryReader,
	length: number,
	fields: { name: number; blobs: number; type?: number },
): StoredLayer {
	const end = reader.pos + length;
	let name = "";
	let type = "";
	const found: { shape: Shape | null; values: readonly number[] }[] = [];
	while (reader.pos < end) {
		const [field, wire] = reader.tag();
		if (field === fields.name) name = reader.string();
		else if (field === fields.type) type = reader.string();
		else if (field === fields.blobs) found.push(readBlob(reader, reader.uint32()));
		else reader.skip(wire);
	}
	const blobs = found.map(({ shape, values }, slot): StoredBlob => {
		const own = shape ?? [values.length];
		if (countOf(own) !== values.length) {
			throw new WeightsError({ code: "blob-count", layer: name, slot, expected: countOf(own), found: values.length });
		}
		return { shape: own, values: Float64Array.from(values) };
	});
	return { name, type, blobs };
}

/**
 * Reads the weights of a `.caffemodel`: the layers that have any, in the file's order, single or double, old spelling
 * too. Everything else in the file is passed over.
 * @throws WeightsError where the bytes are no such file
 */
export function readCaffemodel(bytes: Uint8Array): readonly StoredLayer[] {
	if (bytes.length > LONGEST) throw new WeightsError({ code: "weights-too-long", found: bytes.length, limit: LONGEST });
	const layers: StoredLayer[] = [];
	try {
		const reader = new BinaryReader(bytes);
		while (reader.pos < reader.len) {
			const [field, wire] = reader.tag();
			const nested = wire === WireType.LengthDelimited;
			if (field === NET.layer && nested) layers.push(readLayer(reader, reader.uint32(), LAYER));
			else if (field === NET.oldLayers && nested) layers.push(readLayer(reader, reader.uint32(), OLD_LAYER));
			else reader.skip(wire);
		}
	} catch (error) {
		if (error instanceof WeightsError) throw error;
		throw new WeightsError({ code: "not-weights" });
	}
	const weighted = layers.filter(({ blobs }) => blobs.length > 0);
	if (weighted.length === 0) throw new WeightsError({ code: "not-weights" });
	return weighted;
}

function writeBlob(writer: BinaryWriter, { shape, values }: StoredBlob): void {
	writer.tag(BLOB.shape, WireType.LengthDelimited).fork();
	writer.tag(SHAPE.dim, WireType.LengthDelimited).fork();
	for (const size of shape) writer.int64(size);
	writer.join().join();
	const data = new Uint8Array(values.length * 8);
	const view = new DataView(data.buffer);
	values.forEach((value, k) => {
		view.setFloat64(k * 8, value, true);
	});
	writer.tag(BLOB.doubleData, WireType.LengthDelimited).bytes(data);
}

/** Writes weights as a `.caffemodel`, in double precision, so that they read back bit for bit. */
export function writeCaffemodel(net: string, layers: readonly StoredLayer[]): Uint8Array {
	const writer = new BinaryWriter();
	writer.tag(NET.name, WireType.LengthDelimited).string(net);
	for (const { name, type, blobs } of layers) {
		writer.tag(NET.layer, WireType.LengthDelimited).fork();
		writer.tag(LAYER.name, WireType.LengthDelimited).string(name);
		writer.tag(LAYER.type, WireType.LengthDelimited).string(type);
		for (const blob of blobs) {
			writer.tag(LAYER.blobs, WireType.LengthDelimited).fork();
			writeBlob(writer, blob);
			writer.join();
		}
		writer.join();
	}
	return writer.finish();
}
