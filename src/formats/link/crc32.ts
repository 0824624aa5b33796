const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value >>> 0;
});

/** CRC-32 of a text's characters, each below 256. Source: ISO 3309. */
export function crc32(text: string): number {
	let value = 0xffffffff;
	for (let k = 0; k < text.length; k++) value = (value >>> 8) ^ TABLE[(value ^ text.charCodeAt(k)) & 0xff];
	return (value ^ 0xffffffff) >>> 0;
}
