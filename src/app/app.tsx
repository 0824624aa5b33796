import { lazy, Suspense, useState } from "react";
import { useSettings } from "../store/hooks.ts";
import { NumberFormatContext } from "../views/marks/mark-context.ts";
import { MarkDefinitions } from "../views/marks/mark-definitions.tsx";
import { FullApp } from "./full-app.tsx";
import { usePage } from "./page-store.ts";
import { useKeys } from "./use-keys.ts";

const Dialogs = lazy(() => import("./dialogs.tsx"));
const EmbedApp = lazy(() => import("./embed-app.tsx"));

/** The page in the layout that its link asks for. */
export function App() {
	const digits = useSettings((settings) => settings.digits);
	const decimal = useSettings((settings) => settings.decimal);
	const dialog = usePage((page) => page.dialog);
	const layout = usePage((page) => page.setup.layout);
	const [format, setFormat] = useState({ digits, decimal });
	if (format.digits !== digits || format.decimal !== decimal) setFormat({ digits, decimal });
	useKeys();
	return (
		<NumberFormatContext.Provider value={format}>
			<MarkDefinitions />
			{layout === "full" ? (
				<FullApp />
			) : (
				<Suspense>
					<EmbedApp />
				</Suspense>
			)}
			{dialog !== null && (
				<Suspense>
					<Dialogs />
				</Suspense>
			)}
		</NumberFormatContext.Provider>
	);
}
