/**
 * What was typed in the last moment before a page is left. The store is asynchronous, and a page that
 * goes away does not wait for it; this is written at once and taken up by the next visit.
 */
export interface Draft {
  code: string;
  updatedAt: number;
}

const prefix = 'heavy-weights:draft:';
const keyOf = (id: string): string => prefix + id;

/** Removes every draft: the case-book erases them with the rest. */
export const clearDrafts = (): void => {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Storage is blocked: there is nothing in it.
  }
};

export const leaveDraft = (id: string, code: string): void => {
  try {
    localStorage.setItem(
      keyOf(id),
      JSON.stringify({ code, updatedAt: Date.now() } satisfies Draft),
    );
  } catch {
    // Storage is blocked or full: the store's own save, which runs beside this, may still arrive.
  }
};

/** The draft left for `id`, if it is newer than what the store has; it is taken only once. */
export const takeDraft = (id: string, storedAt: number): Draft | undefined => {
  try {
    const text = localStorage.getItem(keyOf(id));
    if (text === null) return undefined;
    localStorage.removeItem(keyOf(id));
    const draft: unknown = JSON.parse(text);
    if (
      typeof draft !== 'object' ||
      draft === null ||
      !('code' in draft) ||
      !('updatedAt' in draft)
    )
      return undefined;
    const { code, updatedAt } = draft;
    if (typeof code !== 'string' || typeof updatedAt !== 'number' || updatedAt <= storedAt)
      return undefined;
    return { code, updatedAt };
  } catch {
    return undefined;
  }
};
