import type { ParameterValues } from "../formats/link/parameters.ts";

/** Resolves when the page is to start: at once, when it comes into sight, or when its picture's button is pressed. */
export function whenWanted(document: Document, load: NonNullable<ParameterValues["load"]>): Promise<void> {
	if (load === "eager") return Promise.resolve();
	const { documentElement } = document;
	// Tells the watchdog that nothing has failed: nothing was to start yet.
	documentElement.dataset.waiting = load;
	const started = load === "click" ? clicked(document) : seen(documentElement);
	return started.then(() => {
		delete documentElement.dataset.waiting;
	});
}

function seen(element: Element): Promise<void> {
	return new Promise((resolve) => {
		const observer = new IntersectionObserver((entries) => {
			if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
			observer.disconnect();
			resolve();
		});
		observer.observe(element);
	});
}

function clicked(document: Document): Promise<void> {
	const button = document.createElement("button");
	button.type = "button";
	button.className = "button";
	button.dataset.variant = "primary";
	button.textContent = "▶ Deltascope";
	document.getElementById("poster")?.append(button);
	return new Promise((resolve) => {
		button.addEventListener("click", () => resolve(), { once: true });
	});
}
