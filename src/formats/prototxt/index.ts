export type { SampleShapes } from "./data-layers.ts";
export { FormatError, type FormatProblem } from "./problem.ts";
export { type ReadOptions, readNet } from "./read-net.ts";
export { readSolver } from "./read-solver.ts";
export type { Rounding } from "./rounding.ts";
export { type WrittenNet, writeNet } from "./write-net.ts";
export { type WrittenSolver, writeSolver } from "./write-solver.ts";
