/** The functions of a SCORM 1.2 runtime. Whatever they give back is checked: systems answer strings, booleans, nothing. */
export interface ScormApi {
  LMSInitialize(parameter: ''): unknown;
  LMSFinish(parameter: ''): unknown;
  LMSGetValue(element: string): unknown;
  LMSSetValue(element: string, value: string): unknown;
  LMSCommit(parameter: ''): unknown;
  LMSGetLastError(): unknown;
  LMSGetErrorString(code: string): unknown;
}

/** What is used of a window. */
export interface WindowLike {
  parent?: unknown;
  opener?: unknown;
  API?: unknown;
}

/** More frames than any system nests. */
const MOST_LEVELS = 50;

/**
 * The runtime of the course system: in a window above this one, else above the one that opened it. Windows of other
 * origins are passed over, since one that is ours may lie above them.
 */
export function findScormApi(start: WindowLike): ScormApi | undefined {
  return searchUp(start) ?? openerOf(start);
}

function searchUp(start: WindowLike): ScormApi | undefined {
  let current: WindowLike | undefined = start;
  for (let level = 0; level < MOST_LEVELS && current; level++) {
    const api = read(current, 'API');
    if (isApi(api)) return api;
    const parent = read(current, 'parent') as WindowLike | null | undefined;
    // The topmost window is its own parent.
    if (!parent || parent === current) return undefined;
    current = parent;
  }
  return undefined;
}

function openerOf(start: WindowLike): ScormApi | undefined {
  let current: WindowLike | undefined = start;
  for (let level = 0; level < MOST_LEVELS && current; level++) {
    const opener = read(current, 'opener') as WindowLike | null | undefined;
    if (opener) return searchUp(opener);
    const parent = read(current, 'parent') as WindowLike | null | undefined;
    if (!parent || parent === current) return undefined;
    current = parent;
  }
  return undefined;
}

/** Reading a window of another origin throws. */
function read(window: WindowLike, name: keyof WindowLike): unknown {
  try {
    return window[name];
  } catch {
    return undefined;
  }
}

function isApi(value: unknown): value is ScormApi {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  try {
    const { LMSInitialize, LMSSetValue, LMSFinish } = value as Partial<ScormApi>;
    return [LMSInitialize, LMSSetValue, LMSFinish].every((method) => typeof method === 'function');
  } catch {
    return false;
  }
}
