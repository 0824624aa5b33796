export { FormatError, type FormatProblem } from "./problem.ts";
export { type ReadOptions, readNet } from "./read-net.ts";
export { readSolver } from "./read-solver.ts";
