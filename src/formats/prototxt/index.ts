export type { SampleShapes } from "./data-layers.ts";
export { FormatError, type FormatProblem } from "./problem.ts";
export { readNet } from "./read-net.ts";
export { readSolver } from "./read-solver.ts";
export { writeNet } from "./write-net.ts";
export { writeSolver } from "./write-solver.ts";
