import type { DetailedHTMLProps, HTMLAttributes } from "react";

type MathElement = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>;

// React renders MathML; its types do not list the elements yet.
declare module "react" {
	namespace JSX {
		interface IntrinsicElements {
			math: MathElement;
			mfrac: MathElement;
			mi: MathElement;
			mn: MathElement;
			mo: MathElement;
			mrow: MathElement;
			msqrt: MathElement;
			msub: MathElement;
			msubsup: MathElement;
			msup: MathElement;
			mtext: MathElement;
		}
	}
}
