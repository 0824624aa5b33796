import { pageStore } from "./page-store.ts";

/** What the worker listens to. */
const TAKE_OVER = "deltascope-take-over";

/** Reading it alone throws in a frame that may not keep anything. */
function container(): ServiceWorkerContainer | null {
	try {
		return globalThis.isSecureContext && "serviceWorker" in navigator ? navigator.serviceWorker : null;
	} catch {
		return null;
	}
}

/** Offers a version that waits, and turns to it when the reader agrees: numbers never change under somebody's hands. */
function offer(workers: ServiceWorkerContainer, waiting: ServiceWorker): void {
	pageStore.setState({
		newVersion: () => {
			workers.addEventListener("controllerchange", () => globalThis.location.reload(), { once: true });
			waiting.postMessage(TAKE_OVER);
		},
	});
}

/**
 * Keeps the page for visits without a network. In a page of one's own only: what stands in another page, and what was
 * saved as a file, has nothing to keep.
 */
export async function keepPage(document: Document): Promise<void> {
	const workers = container();
	if (workers === null || import.meta.env.MODE !== "production" || globalThis.parent !== globalThis.window) return;
	try {
		const script = new URL(`${import.meta.env.BASE_URL}sw.js`, document.baseURI);
		const registration = await workers.register(script, { updateViaCache: "none" });
		const watch = (worker: ServiceWorker | null) => {
			worker?.addEventListener("statechange", () => {
				if (worker.state === "installed" && workers.controller !== null) offer(workers, worker);
			});
		};
		if (registration.waiting !== null && workers.controller !== null) offer(workers, registration.waiting);
		watch(registration.installing);
		registration.addEventListener("updatefound", () => watch(registration.installing));
	} catch {
		// Storage may be blocked or full: then the page needs its network again.
	}
}
