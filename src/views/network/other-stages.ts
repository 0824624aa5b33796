/** What the network's picture needs for other stages than the forward pass, in one file. */
export { BackwardLens } from "./backward-lens.tsx";
export { Gradients, ParameterChips, PastMessages } from "./bundle-marks.tsx";
export { MovingMessages } from "./moving-messages.tsx";
export { ErrorTerm, UnitValve } from "./unit-errors.tsx";
