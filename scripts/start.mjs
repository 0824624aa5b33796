// @ts-check
// Starts the development server and opens the page. Where there is no desktop the address alone is printed.
import { createServer } from "vite";

const hasDesktop =
	process.platform === "darwin" ||
	process.platform === "win32" ||
	process.env.DISPLAY !== undefined ||
	process.env.WAYLAND_DISPLAY !== undefined;

const server = await createServer({ server: { open: hasDesktop && process.env.CI === undefined } });
await server.listen();
server.printUrls();
server.bindCLIShortcuts({ print: true });
