const counts = new Intl.NumberFormat("en");

/** A count with its thousands apart: 1,184. */
export const grouped = (count: number): string => counts.format(count);
