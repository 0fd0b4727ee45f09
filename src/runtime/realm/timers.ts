/** Timers that readers start are known, so that a finished run leaves none behind. */
const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;
const realSetInterval = globalThis.setInterval;
const realClearInterval = globalThis.clearInterval;

type Handle = ReturnType<typeof setTimeout>;
const waiting = new Set<Handle>();

/** Puts counting versions of the timer functions on the global object. */
export function installTimers(): void {
  const set = (start: typeof setTimeout | typeof setInterval, once: boolean) =>
    (action: unknown, delay?: number, ...args: unknown[]): Handle => {
      if (typeof action !== 'function') throw new TypeError('A timer needs a function to call.');
      const handle: Handle = start(() => {
        if (once) waiting.delete(handle);
        Reflect.apply(action, undefined, args);
      }, delay) as Handle;
      waiting.add(handle);
      return handle;
    };
  const clear = (stop: typeof clearTimeout) => (handle: Handle): void => {
    waiting.delete(handle);
    stop(handle);
  };
  Object.assign(globalThis, {
    setTimeout: set(realSetTimeout, true),
    setInterval: set(realSetInterval, false),
    clearTimeout: clear(realClearTimeout),
    clearInterval: clear(realClearInterval),
  });
}

/** Stops all of them; gives how many were still waiting. */
export function cancelTimers(): number {
  const count = waiting.size;
  for (const handle of waiting) {
    realClearTimeout(handle);
    realClearInterval(handle as Parameters<typeof clearInterval>[0]);
  }
  waiting.clear();
  return count;
}
