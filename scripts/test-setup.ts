import { loadWhole } from "../src/i18n/en/opening.ts";

// Tests look at single parts: all texts are there before the first of them.
await loadWhole();
