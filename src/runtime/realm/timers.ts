/** Timers that readers start are known, so that a finished run leaves none behind. */
const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;
const realSetInterval = globalThis.setInterval;
const realClearInterval = globalThis.clearInterval;

type Handle = ReturnType<typeof setTimeout>;
/** Numbered here, because the handles of Node are objects. */
const waiting = new Map<number, Handle>();
let nextId = 1;

/** Puts counting versions of the timer functions on the global object. */
export function installTimers(): void {
  const set =
    (start: typeof setTimeout | typeof setInterval, once: boolean) =>
    (action: unknown, delay?: number, ...args: unknown[]): number => {
      if (typeof action !== 'function') throw new TypeError('A timer needs a function to call.');
      const id = nextId++;
      const handle = start(() => {
        if (once) waiting.delete(id);
        Reflect.apply(action, undefined, args);
      }, delay);
      waiting.set(id, handle);
      return id;
    };
  const clear = (id: number): void => {
    stop(waiting.get(id));
    waiting.delete(id);
  };
  Object.assign(globalThis, {
    setTimeout: set(realSetTimeout, true),
    setInterval: set(realSetInterval, false),
    clearTimeout: clear,
    clearInterval: clear,
  });
}

/** Stops all of them; gives how many were still waiting. */
export function cancelTimers(): number {
  const count = waiting.size;
  for (const handle of waiting.values()) stop(handle);
  waiting.clear();
  return count;
}

function stop(handle: Handle | undefined): void {
  realClearTimeout(handle);
  realClearInterval(handle);
}
