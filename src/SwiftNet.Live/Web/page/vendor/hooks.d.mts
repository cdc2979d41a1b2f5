// The parts of preact/hooks that the page uses. For tsc only; not served.
export function useState<T>(initial: T | (() => T)): [T, (next: T) => void];
export function useReducer<S>(reducer: (state: S) => S, initial: S): [S, () => void];
export function useEffect(effect: () => void | (() => void), inputs?: readonly unknown[]): void;
export function useLayoutEffect(effect: () => void | (() => void), inputs?: readonly unknown[]): void;
export function useMemo<T>(make: () => T, inputs: readonly unknown[]): T;
/** References to elements are set before the first effect runs. */
export function useRef(initial: null): { current: any };
