export { progressOf, sumOf, termProgress } from "../marks/progress.ts";
