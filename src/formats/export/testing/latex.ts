import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether LaTeX is at hand. */
export const hasLatex = spawnSync("pdflatex", ["--version"]).status === 0;

/** What LaTeX complains about; null where it makes a page. */
export function latexComplaint(text: string): string | null {
	const folder = mkdtempSync(join(tmpdir(), "deltascope-"));
	try {
		writeFileSync(join(folder, "handout.tex"), text);
		const { status, stdout } = spawnSync(
			"pdflatex",
			["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "handout.tex"],
			{ cwd: folder, encoding: "utf8" },
		);
		return status === 0
			? null
			: stdout
					.split("\n")
					.filter((line) => line !== "")
					.slice(-20)
					.join("\n");
	} finally {
		rmSync(folder, { recursive: true });
	}
}
