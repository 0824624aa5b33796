// @ts-check

const directives = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data: blob:",
	"font-src 'self' data:",
	"connect-src 'self'",
	"worker-src 'self' blob:",
	"manifest-src 'self'",
	"frame-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
];

/** What the built page may load: its own files and nothing else. */
export const contentSecurityPolicy = directives.join("; ");

/**
 * Writes the policy into the built page. The development server is left out: its live reload needs inline scripts.
 * @returns {import("vite").Plugin}
 */
export function contentSecurityPolicyPlugin() {
	return {
		name: "content-security-policy",
		apply: "build",
		transformIndexHtml: () => [
			{
				tag: "meta",
				attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
				injectTo: "head-prepend",
			},
		],
	};
}
