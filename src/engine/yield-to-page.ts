/** Lets a thread do what else it has to: a message comes at once, where timers wait longer and longer. */
export function yieldToPage(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}
