export const common = {
	productName: "Deltascope",
	productSentence: "One training iteration, taken apart",
};
