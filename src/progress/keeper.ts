import type { IDBPDatabase } from 'idb';
import { openDatabase, storeNames } from './database.ts';
import type { RecordOf } from './database.ts';
import type { ProgressData, StoreName } from './records.ts';

/** Why the browser keeps nothing at present, in words for the reader. */
export const reasons = {
  missing: 'This browser does not let the book store anything.',
  blocked:
    'An older printing of the book is open in another tab and holds your progress; close that tab and open this page again.',
  newer:
    'A newer printing of the book has been opened in this browser; open this page again to go on with it.',
  refused: 'This browser refused to store your progress; its storage may be full.',
} as const;
type Reason = keyof typeof reasons;

const openingPatience = 3000;

/**
 * Keeps records in IndexedDB. What the database refuses is held in memory, laid over what it has, so
 * that nothing is lost while the page is open, and the reader is warned once for each reason.
 */
export class Keeper {
  private database: IDBPDatabase | undefined;
  private readonly held = new Map<StoreName, Map<string, RecordOf<StoreName>>>();
  private readonly warn: (why: string) => void;
  private readonly warned = new Set<Reason>();
  /** Writes go one after another, so that two changes of one record cannot cross. */
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(warn: (why: string) => void) {
    this.warn = warn;
    for (const name of storeNames) this.held.set(name, new Map());
  }

  static async open(warn: (why: string) => void, name?: string): Promise<Keeper> {
    const keeper = new Keeper(warn);
    await keeper.connect(name);
    return keeper;
  }

  /** Whether writes reach the browser's storage. */
  get lasting(): boolean {
    return this.database !== undefined;
  }

  async get<Name extends StoreName>(store: Name, id: string): Promise<RecordOf<Name> | undefined> {
    const held = this.layer(store).get(id);
    if (held || !this.database) return held;
    try {
      return (await this.database.get(store, id)) as RecordOf<Name> | undefined;
    } catch (error) {
      this.lose(error);
      return undefined;
    }
  }

  async all(): Promise<ProgressData> {
    const data: Record<StoreName, unknown[]> = {
      cells: [],
      exercises: [],
      quizzes: [],
      predictions: [],
      places: [],
      settings: [],
      boards: [],
    };
    for (const store of storeNames) {
      const records = new Map<string, unknown>();
      try {
        for (const record of (await this.database?.getAll(store)) ?? [])
          records.set(record.id, record);
      } catch (error) {
        this.lose(error);
      }
      for (const [id, record] of this.layer(store)) records.set(id, record);
      data[store] = [...records.values()];
    }
    return data as unknown as ProgressData;
  }

  /** Replaces one record by what `change` makes of it, in one transaction: another tab cannot come between. */
  change<Name extends StoreName>(
    store: Name,
    id: string,
    change: (old: RecordOf<Name> | undefined) => RecordOf<Name>,
  ): Promise<RecordOf<Name>> {
    return this.inTurn(async () => {
      let old = this.layer(store).get(id);
      if (this.database) {
        try {
          const transaction = this.database.transaction(store, 'readwrite');
          const kept = (await transaction.store.get(id)) as RecordOf<Name> | undefined;
          old ??= kept;
          const record = change(old);
          await Promise.all([transaction.store.put(record), transaction.done]);
          this.layer(store).delete(id);
          return record;
        } catch (error) {
          this.lose(error);
        }
      }
      const record = change(old);
      this.layer(store).set(id, record);
      return record;
    });
  }

  /** Writes many records, all or none, and makes sure that they are on the disc. */
  replaceAll(data: ProgressData, { clear = false } = {}): Promise<void> {
    return this.inTurn(async () => {
      if (clear) for (const layer of this.held.values()) layer.clear();
      if (this.database) {
        try {
          const transaction = this.database.transaction(storeNames, 'readwrite', {
            durability: 'strict',
          });
          const writes: Promise<unknown>[] = [transaction.done];
          for (const store of storeNames) {
            const target = transaction.objectStore(store);
            if (clear) writes.push(target.clear());
            for (const record of data[store]) writes.push(target.put(record));
          }
          await Promise.all(writes);
          for (const store of storeNames)
            for (const { id } of data[store]) this.layer(store).delete(id);
          return;
        } catch (error) {
          this.lose(error);
        }
      }
      for (const store of storeNames)
        for (const record of data[store]) this.layer(store).set(record.id, record);
    });
  }

  /** Lets go of the database. Only a test needs to: a page's connection ends with the page. */
  close(): void {
    this.database?.close();
    this.database = undefined;
  }

  private layer<Name extends StoreName>(store: Name): Map<string, RecordOf<Name>> {
    return this.held.get(store) as Map<string, RecordOf<Name>>;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }

  private async connect(name: string | undefined): Promise<void> {
    if (typeof indexedDB === 'undefined') {
      this.say('missing');
      return;
    }
    const opening = openDatabase({
      ...(name === undefined ? {} : { name }),
      onGone: (why) => {
        this.database = undefined;
        if (why === 'newer-tab') this.say('newer');
        else void this.connect(name);
      },
      onBlocked: () => {
        this.say('blocked');
      },
    });
    const adopted = opening.then(
      (database) => this.adopt(database),
      (error: unknown) => {
        this.say(
          error instanceof DOMException && error.name === 'VersionError' ? 'newer' : 'missing',
        );
      },
    );
    // A database that never answers must not keep the page waiting: go on in memory till it does.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.say('blocked');
        resolve();
      }, openingPatience);
    });
    await Promise.race([adopted, late]);
    clearTimeout(timer);
  }

  /** Takes the opened database into use, and writes down what was held in memory meanwhile. */
  private async adopt(database: IDBPDatabase): Promise<void> {
    this.database = database;
    for (const [store, records] of this.held) {
      for (const record of [...records.values()]) await this.change(store, record.id, () => record);
    }
  }

  private lose(error: unknown): void {
    const closed = error instanceof DOMException && error.name === 'InvalidStateError';
    if (closed) this.database = undefined;
    this.say('refused');
  }

  private say(reason: Reason): void {
    if (this.warned.has(reason)) return;
    this.warned.add(reason);
    this.warn(reasons[reason]);
  }
}
