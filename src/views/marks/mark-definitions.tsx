import { memo } from "react";

/** The patterns that marks refer to by name; stands once in the page, in an SVG of its own. */
export const MarkDefinitions = memo(function MarkDefinitions() {
	return (
		<svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true" focusable="false">
			<defs>
				<pattern id="mark-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
					<rect width="6" height="6" style={{ fill: "var(--surface)" }} />
					<line x1="0" y1="0" x2="0" y2="6" style={{ stroke: "var(--hatch)" }} strokeWidth="1.6" />
				</pattern>
				<pattern id="mark-hazard" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
					<rect width="12" height="12" style={{ fill: "var(--hazard)" }} />
					<rect width="6" height="12" style={{ fill: "var(--hazard-ink)" }} />
				</pattern>
			</defs>
		</svg>
	);
});
