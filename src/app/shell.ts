/** What of the page stands round the first picture, in one file: fetched when the picture has been painted. */
export { Fetching } from "./fetching.tsx";
export { Separator } from "./separator.tsx";
export { SidePanel } from "./side-panel.tsx";
export { StepChoices, StepSize } from "./step-choices.tsx";
export { Summary } from "./summary.tsx";
export { Told } from "./told.tsx";
export { TopBar } from "./top-bar.tsx";
