import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ScriptFile } from "../archive.ts";

/** Debian's interpreter has Debian's modules; elsewhere the one on the path is asked. */
const INTERPRETERS = ["/usr/bin/python3", "python3"];

function hasModule(interpreter: string, module: string): boolean {
	return spawnSync(interpreter, ["-c", `import ${module}`], { encoding: "utf8" }).status === 0;
}

/** An interpreter with a module; null where none has it. */
export function pythonWith(module: string): string | null {
	return INTERPRETERS.find((interpreter) => hasModule(interpreter, module)) ?? null;
}

export interface PythonResult {
	readonly ok: boolean;
	readonly output: string;
}

/** Runs each script of a list of folders in turn: starting the interpreter anew for each would take longer than running. */
const DRIVER = `
import contextlib, io, json, os, sys, traceback
results = []
for folder in sorted(os.listdir("."), key=int):
    os.chdir(folder)
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(open("script.py", encoding="utf8").read(), "script.py", "exec"), {})
        results.append({"ok": True, "output": out.getvalue()})
    except Exception:
        results.append({"ok": False, "output": out.getvalue() + traceback.format_exc()})
    os.chdir("..")
print(json.dumps(results))
`;

function isResult(value: unknown): value is PythonResult {
	return typeof value === "object" && value !== null && typeof Reflect.get(value, "ok") === "boolean";
}

/** Runs scripts, each with its own files beside it; the first file of each is the script. */
export function runPython(interpreter: string, scripts: readonly (readonly ScriptFile[])[]): readonly PythonResult[] {
	const folder = mkdtempSync(join(tmpdir(), "deltascope-"));
	try {
		scripts.forEach((files, number) => {
			mkdirSync(join(folder, String(number)));
			files.forEach(({ name, bytes }, place) => {
				writeFileSync(join(folder, String(number), place === 0 ? "script.py" : name), bytes);
			});
		});
		const { stdout, stderr } = spawnSync(interpreter, ["-c", DRIVER], {
			cwd: folder,
			encoding: "utf8",
			maxBuffer: 2 ** 28,
			// Threads for products this small only wait for each other.
			env: { ...process.env, OMP_NUM_THREADS: "1" },
		});
		const results: unknown = JSON.parse(stdout || JSON.stringify(scripts.map(() => ({ ok: false, output: stderr }))));
		return Array.isArray(results) ? results.filter(isResult) : [];
	} finally {
		rmSync(folder, { recursive: true });
	}
}
