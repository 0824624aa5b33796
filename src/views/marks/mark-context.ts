import { createContext, useContext } from "react";
import type { NumberFormat } from "../../explain/number-text.ts";

/** How numbers are written on this page: digits and decimal mark, from the reader's settings. */
export const NumberFormatContext = createContext<NumberFormat>({});

export function useNumberFormat(): NumberFormat {
	return useContext(NumberFormatContext);
}
