// The parts of preact that the page uses. For tsc only; not served.
export function h(type: unknown, props?: object | null, ...children: unknown[]): unknown;
export function render(node: unknown, parent: Element): void;
