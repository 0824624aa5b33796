export { type LinearAxis as LensAxis, linearAxis as lensAxis, niceStep, part } from "../marks/linear-axis.ts";
