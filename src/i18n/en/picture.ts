/** The stage as a picture, in a file or on paper. */
export const picture = {
	name: "Picture",
	save: "Save as SVG",
	copy: "Copy the SVG text",
	copied: "Copied",
	title: (experiment: string, stage: string) => `${experiment}: ${stage}`,
	sheet: (experiment: string, iteration: string, stage: string) => `${experiment}, iteration ${iteration}: ${stage}`,
};
