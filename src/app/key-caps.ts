const NAMES: Readonly<Record<string, string>> = {
	ArrowRight: "→",
	ArrowLeft: "←",
	PageDown: "PgDn",
	PageUp: "PgUp",
	Escape: "Esc",
	KeyK: "K",
	KeyR: "R",
};

/** The caps of a key as they are printed: `Shift+ArrowRight` → Shift, →. */
export function capsOf(key: string, space: string, mac: boolean): readonly string[] {
	if (key === " ") return [space];
	return key.split("+").map((part) => {
		if (part === "Mod") return mac ? "⌘" : "Ctrl";
		return NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
	});
}
