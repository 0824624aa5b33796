import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "vite";
import { expect, it } from "vitest";
import golden from "../src/store/fixtures/golden-run.json";

const firefox = (process.env.PATH ?? "")
	.split(delimiter)
	.flatMap((folder) => ["firefox-esr", "firefox"].map((name) => join(folder, name)))
	.find((path) => existsSync(path));

/** A fresh profile that asks nothing and fetches nothing of its own. */
const PREFERENCES = {
	"app.normandy.enabled": false,
	"app.update.enabled": false,
	"browser.aboutwelcome.enabled": false,
	"browser.safebrowsing.update.enabled": false,
	"browser.shell.checkDefaultBrowser": false,
	"datareporting.policy.dataSubmissionEnabled": false,
	"extensions.update.enabled": false,
	"network.captive-portal-service.enabled": false,
	"network.connectivity-service.enabled": false,
	"services.settings.server": "",
	"toolkit.telemetry.enabled": false,
};

/** The page's script and what it fetches later, by file name, made as the product's are. */
async function bundled(): Promise<ReadonlyMap<string, string>> {
	const built = await build({
		configFile: false,
		logLevel: "error",
		publicDir: false,
		build: {
			write: false,
			minify: false,
			modulePreload: false,
			target: "firefox121",
			rolldownOptions: {
				input: "scripts/golden-page.ts",
				output: { entryFileNames: "page.js", chunkFileNames: "[name]-[hash].js", topLevelVar: false },
			},
		},
	});
	const outputs = Array.isArray(built) ? built : [built];
	const chunks = outputs.flatMap((output) => ("output" in output ? output.output : []));
	return new Map(chunks.flatMap((chunk) => (chunk.type === "chunk" ? [[`/${chunk.fileName}`, chunk.code]] : [])));
}

/** Serves the page on this machine alone; `posted` is what it sends back. */
function serve(files: ReadonlyMap<string, string>): { readonly server: Server; readonly posted: Promise<string> } {
	const server = createServer();
	const posted = new Promise<string>((resolve, reject) => {
		server.on("request", (request, response) => {
			const script = files.get(request.url ?? "");
			if (request.method === "POST") {
				response.end();
				text(request).then(resolve, reject);
			} else if (script !== undefined) {
				response.setHeader("content-type", "text/javascript").end(script);
			} else if (request.url === "/") {
				response
					.setHeader("content-type", "text/html")
					.end('<!doctype html><title>golden run</title><script type="module" src="page.js"></script>');
			} else {
				response.writeHead(404).end();
			}
		});
	});
	return { server: server.listen(0, "127.0.0.1"), posted };
}

/** Opens a page in a Firefox without a window for as long as `during` takes. */
async function withFirefox<T>(program: string, url: string, during: Promise<T>): Promise<T> {
	const profile = await mkdtemp(join(tmpdir(), "golden-firefox-"));
	const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
	await writeFile(join(profile, "user.js"), lines.join("\n"));
	const browser = spawn(program, ["--headless", "--no-remote", "--profile", profile, url], {
		// A group of its own, so that its content processes end with it.
		detached: true,
		stdio: "ignore",
		env: { ...process.env, HOME: profile },
	});
	const exited = once(browser, "exit");
	const early = exited.then(([code]) => {
		throw new Error(`Firefox ended by itself (${code})`);
	});
	try {
		return await Promise.race([during, early]);
	} finally {
		if (browser.pid !== undefined && browser.exitCode === null) process.kill(-browser.pid, "SIGKILL");
		await exited;
		await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}
}

it.skipIf(firefox === undefined)("Firefox gives the golden run bit for bit", async () => {
	const { server, posted } = serve(await bundled());
	try {
		await once(server, "listening");
		const address = server.address();
		if (address === null || typeof address === "string" || firefox === undefined) expect.fail("no address to open");
		const result: unknown = JSON.parse(await withFirefox(firefox, `http://127.0.0.1:${address.port}/`, posted));
		expect(result).toEqual({ golden });
	} finally {
		server.closeAllConnections();
		server.close();
	}
});
