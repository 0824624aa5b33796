import { type Correction, codewords, versionFor } from "./qr-codewords.ts";

/** Whether a module is turned over, by mask. */
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
	(x, y) => (x + y) % 2 === 0,
	(_, y) => y % 2 === 0,
	(x) => x % 3 === 0,
	(x, y) => (x + y) % 3 === 0,
	(x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
	(x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
	(x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
	(x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Where the small squares stand, along either side. */
function alignments(version: number, size: number): readonly number[] {
	if (version === 1) return [];
	const count = Math.floor(version / 7) + 2;
	const step = version === 32 ? 26 : 2 * Math.ceil((size - 13) / (2 * count - 2));
	return [6, ...Array.from({ length: count - 1 }, (_, place) => size - 7 - place * step).reverse()];
}

/** The remainder of a polynomial over GF(2), behind its bits. */
function withRemainder(bits: number, divisor: number): number {
	const degree = 31 - Math.clz32(divisor);
	let rest = bits << degree;
	while (31 - Math.clz32(rest) >= degree && rest !== 0) rest ^= divisor << (31 - Math.clz32(rest) - degree);
	return (bits << degree) | rest;
}

const PATTERN = "10111010000";

/** How hard a code is to read: long runs, blocks, what looks like a corner, more of one colour. */
function penalty(rows: readonly (readonly boolean[])[]): number {
	const size = rows.length;
	let total = 0;
	let dark = 0;
	const columns = rows.map((_, x) => rows.map((row) => row[x]));
	for (const line of [...rows, ...columns]) {
		const text = line.map(Number).join("");
		for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) total += run.length - 2;
		for (let x = 0; x + 11 <= size; x++) {
			const part = text.slice(x, x + 11);
			if (part === PATTERN || part === "00001011101") total += 40;
		}
	}
	rows.forEach((row, y) => {
		row.forEach((module, x) => {
			if (module) dark++;
			if (x > 0 && y > 0 && module === row[x - 1] && module === rows[y - 1][x] && module === rows[y - 1][x - 1])
				total += 3;
		});
	});
	return total + 10 * Math.floor(Math.abs((100 * dark) / size ** 2 - 50) / 5);
}

/**
 * A text as the dark modules of a QR code, row by row, without the quiet ground around it.
 * @throws RangeError for more bytes than the largest code holds
 */
export function qrModules(text: string, correction: Correction): readonly (readonly boolean[])[] {
	const bytes = new TextEncoder().encode(text);
	const version = versionFor(bytes.length, correction);
	const size = 17 + 4 * version;
	const fixed = Array.from({ length: size }, () => new Array<boolean | undefined>(size).fill(undefined));
	const set = (x: number, y: number, dark: boolean) => {
		if (x >= 0 && y >= 0 && x < size && y < size) fixed[y][x] = dark;
	};
	for (let k = 0; k < size; k++) {
		set(6, k, k % 2 === 0);
		set(k, 6, k % 2 === 0);
	}
	const square = (x: number, y: number, reach: number, light: number) => {
		for (let dy = -reach; dy <= reach; dy++) {
			for (let dx = -reach; dx <= reach; dx++) {
				const ring = Math.max(Math.abs(dx), Math.abs(dy));
				set(x + dx, y + dy, ring !== light && ring < 4);
			}
		}
	};
	const places = alignments(version, size);
	const last = places.length - 1;
	places.forEach((y, row) => {
		places.forEach((x, column) => {
			const inCorner = (row === 0 && (column === 0 || column === last)) || (row === last && column === 0);
			if (!inCorner) square(x, y, 2, 1);
		});
	});
	for (const [x, y] of [
		[3, 3],
		[size - 4, 3],
		[3, size - 4],
	] as const)
		square(x, y, 4, 2);
	const writeFormat = (mask: number) => {
		const bits = withRemainder(((correction === "low" ? 1 : 0) << 3) | mask, 0x537) ^ 0x5412;
		for (let k = 0; k < 15; k++) {
			const dark = ((bits >> k) & 1) === 1;
			set(8, k < 6 ? k : k < 8 ? k + 1 : size - 15 + k, dark);
			set(k < 8 ? size - 1 - k : k < 9 ? 7 : 14 - k, 8, dark);
		}
		set(8, size - 8, true);
	};
	writeFormat(0);
	if (version >= 7) {
		const bits = withRemainder(version, 0x1f25);
		for (let k = 0; k < 18; k++) {
			const [near, far] = [Math.floor(k / 3), size - 11 + (k % 3)];
			set(near, far, ((bits >> k) & 1) === 1);
			set(far, near, ((bits >> k) & 1) === 1);
		}
	}
	const words = codewords(bytes, version, correction);
	const free: { readonly x: number; readonly y: number; readonly dark: boolean }[] = [];
	for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
		const upward = ((right + 1) & 2) === 0;
		for (let k = 0; k < size; k++) {
			const y = upward ? size - 1 - k : k;
			for (const x of [right, right - 1]) {
				if (fixed[y][x] !== undefined) continue;
				const bit = free.length;
				free.push({ x, y, dark: (((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1 });
			}
		}
	}
	const codes = MASKS.map((turns, mask) => {
		writeFormat(mask);
		const rows = fixed.map((row) => row.map((dark) => dark === true));
		for (const { x, y, dark } of free) rows[y][x] = dark !== turns(x, y);
		return { rows, cost: penalty(rows) };
	});
	return codes.reduce((best, next) => (next.cost < best.cost ? next : best)).rows;
}
