/**
 * Gives each piece of work one of a few resources to itself, first come first served. A sandbox does
 * one check at a time; two of them keep two cores busy.
 */
export class Pool<T> {
  #free: T[];
  #waiting: ((resource: T) => void)[] = [];

  constructor(resources: readonly T[]) {
    this.#free = [...resources];
  }

  async use<R>(work: (resource: T) => Promise<R>): Promise<R> {
    const resource =
      this.#free.length > 0
        ? (this.#free.pop() as T)
        : await new Promise<T>((resolve) => this.#waiting.push(resolve));
    try {
      return await work(resource);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(resource);
      else this.#free.push(resource);
    }
  }
}

/** Runs `work` on every item, at most `width` at a time; results in the order of the items. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const lanes = new Pool(Array.from({ length: width }, (_, lane) => lane));
  return Promise.all(items.map((item) => lanes.use(() => work(item))));
}
