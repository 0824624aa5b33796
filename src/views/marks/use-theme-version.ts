import { useLayoutEffect, useState } from "react";

/** Counts the changes of theme: what is painted must be painted again. */
export function useThemeVersion(): number {
	const [version, setVersion] = useState(0);
	useLayoutEffect(() => {
		const changed = () => setVersion((before) => before + 1);
		const observer = new MutationObserver(changed);
		observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
		const queries = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)", "(forced-colors: active)"].map(
			(query) => matchMedia(query),
		);
		for (const query of queries) query.addEventListener("change", changed);
		return () => {
			observer.disconnect();
			for (const query of queries) query.removeEventListener("change", changed);
		};
	}, []);
	return version;
}
