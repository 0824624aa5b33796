import type { Catalogue } from "../../i18n/catalogue.ts";
import { useText } from "../../store/hooks.ts";

export type LedgerTexts = Catalogue["ledger"];

export const useLedgerTexts = (): LedgerTexts => useText().ledger;
