// The parts of htm that the page uses. For tsc only; not served.
declare const htm: {
  bind(h: (type: unknown, props?: object | null, ...children: unknown[]) => unknown): (strings: TemplateStringsArray, ...values: any[]) => unknown;
};
export default htm;
