/** One double and its two words, to read a number's exponent. */
export const float = new Float64Array([1]);
export const words = new Uint32Array(float.buffer);

/** Which of the two words holds sign and exponent. */
export const HIGH_WORD = words[1] !== 0 ? 1 : 0;

export const SMALLEST_EXPONENT = -1074;

/** 2^e stands at e − SMALLEST_EXPONENT: reading it is faster than putting its bits together. */
export const powersOfTwo = new Float64Array(1023 - SMALLEST_EXPONENT + 1);
powersOfTwo[0] = Number.MIN_VALUE;
for (let i = 1; i < powersOfTwo.length; i++) powersOfTwo[i] = 2 * powersOfTwo[i - 1];

/** Added and subtracted again, it rounds a number below 2^51 to the nearest integer. */
export const ROUNDER = 6755399441055744;

/** 2^27 + 1: a number times this, minus that minus the number, is the number's upper half. */
export const SPLITTER = 134217729;
