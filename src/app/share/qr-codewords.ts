/** How much of a code may be lost: 7 % or 15 %. */
export type Correction = "low" | "medium";

/** For versions 1 to 40: check bytes of a block, and how many blocks (ISO/IEC 18004, table 9). */
const BLOCKS: Readonly<Record<Correction, { readonly checks: string; readonly blocks: string }>> = {
	low: {
		checks:
			"7 10 15 20 26 18 20 24 30 18 20 24 26 30 22 24 28 30 28 28 28 28 30 30 26 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30",
		blocks: "1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25",
	},
	medium: {
		checks:
			"10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 26 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28",
		blocks: "1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49",
	},
};
const LARGEST = 40;

const entry = (list: string, version: number) => Number(list.split(" ")[version - 1]);

/** Modules that are left for bytes by what every code of a version has. */
function freeModules(version: number): number {
	const size = 17 + 4 * version;
	const squares = version === 1 ? 0 : Math.floor(version / 7) + 2;
	const taken = squares === 0 ? 0 : 25 * (squares ** 2 - 3) - 10 * (squares - 2);
	return size ** 2 - 192 - 2 * (size - 16) - 31 - taken - (version < 7 ? 0 : 36);
}

/** Bytes of a version that are not checks. */
function capacityOf(version: number, correction: Correction): number {
	const { checks, blocks } = BLOCKS[correction];
	return Math.floor(freeModules(version) / 8) - entry(checks, version) * entry(blocks, version);
}

/** Bits that tell how many bytes follow. */
const countBits = (version: number) => (version < 10 ? 8 : 16);

/** The smallest version that holds so many bytes. @throws RangeError where none does */
export function versionFor(bytes: number, correction: Correction): number {
	for (let version = 1; version <= LARGEST; version++) {
		if (8 * capacityOf(version, correction) >= 4 + countBits(version) + 8 * bytes) return version;
	}
	throw new RangeError("too long for a code");
}

/** A product in GF(2⁸) over x⁸ + x⁴ + x³ + x² + 1. */
function times(a: number, b: number): number {
	let product = 0;
	for (let bit = 7; bit >= 0; bit--) {
		product = (product << 1) ^ ((product >> 7) * 0x11d);
		if ((b >> bit) & 1) product ^= a;
	}
	return product;
}

/** The highest coefficient, 1, is left out. */
function generator(degree: number): readonly number[] {
	const factors: number[] = Array.from({ length: degree }, (_, place) => (place === degree - 1 ? 1 : 0));
	let root = 1;
	for (let k = 0; k < degree; k++) {
		for (let place = 0; place < degree; place++) {
			factors[place] = times(factors[place], root) ^ (factors[place + 1] ?? 0);
		}
		root = times(root, 2);
	}
	return factors;
}

function checksOf(data: readonly number[], factors: readonly number[]): readonly number[] {
	let rest: number[] = factors.map(() => 0);
	for (const byte of data) {
		const lead = byte ^ rest[0];
		rest = factors.map((factor, place) => (rest[place + 1] ?? 0) ^ times(factor, lead));
	}
	return rest;
}

/** The bytes of all blocks as they are written: first bytes first, data before checks. */
export function codewords(bytes: Uint8Array, version: number, correction: Correction): readonly number[] {
	const capacity = capacityOf(version, correction);
	const bits: number[] = [];
	const put = (value: number, length: number) => {
		for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
	};
	put(4, 4);
	put(bytes.length, countBits(version));
	for (const byte of bytes) put(byte, 8);
	put(0, Math.min(4, 8 * capacity - bits.length));
	put(0, -bits.length & 7);
	for (let pad = 0xec; bits.length < 8 * capacity; pad ^= 0xec ^ 0x11) put(pad, 8);
	const data = Array.from({ length: capacity }, (_, place) =>
		bits.slice(8 * place, 8 * place + 8).reduce((byte, bit) => 2 * byte + bit, 0),
	);
	const count = entry(BLOCKS[correction].blocks, version);
	const factors = generator(entry(BLOCKS[correction].checks, version));
	const short = Math.floor(capacity / count);
	const long = capacity % count;
	let from = 0;
	const blocks = Array.from({ length: count }, (_, place) => {
		const own = data.slice(from, from + short + (place < count - long ? 0 : 1));
		from += own.length;
		return { own, checks: checksOf(own, factors) };
	});
	const inTurn = (rows: readonly (readonly number[])[]) =>
		Array.from({ length: Math.max(...rows.map(({ length }) => length)) }, (_, place) =>
			rows.flatMap((row) => (place < row.length ? [row[place]] : [])),
		).flat();
	return [...inTurn(blocks.map(({ own }) => own)), ...inTurn(blocks.map(({ checks }) => checks))];
}
