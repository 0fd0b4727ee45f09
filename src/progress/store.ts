import { Keeper } from './keeper.ts';
import { keepPass } from './keep-pass.ts';
import type { ImportReport } from './import.ts';
import type {
  BoardRecord,
  CellRecord,
  ExerciseRecord,
  PlaceRecord,
  PredictionRecord,
  ProgressData,
  QuizRecord,
  SettingKey,
  StoreName,
} from './records.ts';

/** What changed: one record, or so much that everything should be read again. */
export type ProgressChange = { store: StoreName; id: string } | { store: 'everything' };

/** What the book remembers about its reader, in this browser only. */
export interface Progress {
  cell(id: string): Promise<CellRecord | undefined>;
  saveCell(record: CellRecord): Promise<void>;
  exercise(id: string): Promise<ExerciseRecord | undefined>;
  /** Keeps the record. A pass that was recorded before is never dropped. */
  saveExercise(record: ExerciseRecord): Promise<void>;
  /** The attempts at an exercise with budgets. */
  board(id: string): Promise<BoardRecord | undefined>;
  /** Replaces them by what `change` makes of them, in one transaction. */
  changeBoard(id: string, change: (old: BoardRecord | undefined) => BoardRecord): Promise<void>;
  quiz(id: string): Promise<QuizRecord | undefined>;
  saveQuiz(record: QuizRecord): Promise<void>;
  prediction(id: string): Promise<PredictionRecord | undefined>;
  savePrediction(record: PredictionRecord): Promise<void>;
  setting(key: SettingKey): Promise<string | undefined>;
  saveSetting(key: SettingKey, value: string): Promise<void>;
  lastPlace(): Promise<PlaceRecord | undefined>;
  savePlace(record: PlaceRecord): Promise<void>;
  all(): Promise<ProgressData>;
  /** Everything as the text of a file that {@link importText} reads. */
  exportText(): Promise<string>;
  /**
   * Merges an exported file into what is here; with `preview`, only says what it would do.
   *
   * @throws {ReaderError} when the text is no such file; nothing is changed then.
   */
  importText(text: string, options?: { preview?: boolean }): Promise<ImportReport>;
  erase(): Promise<void>;
  /** Calls `listener` after every change, in this tab or another. Returns how to stop that. */
  subscribe(listener: (change: ProgressChange) => void): () => void;
  /** Whether what is saved outlives the page. */
  readonly lasting: boolean;
  /** Lets go of the database and of the other tabs; a page need not. */
  close(): void;
}

const channelName = 'heavy-weights:progress';

/** Tells the page, if there is one, that this browser keeps nothing. */
const warnPage = (why: string): void => {
  if (typeof dispatchEvent === 'function') {
    dispatchEvent(new CustomEvent('heavy-weights:storage', { detail: why }));
  }
};

/** Opens the reader's progress. It always opens: a browser that stores nothing gets a warning and memory. */
export const openProgress = async (
  options: { name?: string; warn?: (why: string) => void } = {},
): Promise<Progress> => {
  const keeper = await Keeper.open(options.warn ?? warnPage, options.name);
  const listeners = new Set<(change: ProgressChange) => void>();
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName);
  const tell = (change: ProgressChange): void => {
    for (const listener of listeners) listener(change);
  };
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<ProgressChange>) => {
      tell(data);
    };
  }
  const changed = (change: ProgressChange): void => {
    tell(change);
    channel?.postMessage(change);
  };
  const save = async <Name extends StoreName>(
    store: Name,
    record: ProgressData[Name][number],
    combine: (old: ProgressData[Name][number] | undefined) => ProgressData[Name][number] = () =>
      record,
  ): Promise<void> => {
    await keeper.change(store, record.id, combine);
    changed({ store, id: record.id });
  };

  return {
    cell: (id) => keeper.get('cells', id),
    saveCell: (record) => save('cells', record),
    exercise: (id) => keeper.get('exercises', id),
    saveExercise: (record) => save('exercises', record, (old) => keepPass(old, record)),
    board: (id) => keeper.get('boards', id),
    changeBoard: async (id, change) => {
      await keeper.change('boards', id, change);
      changed({ store: 'boards', id });
    },
    quiz: (id) => keeper.get('quizzes', id),
    saveQuiz: (record) => save('quizzes', record),
    prediction: (id) => keeper.get('predictions', id),
    savePrediction: (record) => save('predictions', record),
    setting: async (key) => (await keeper.get('settings', key))?.value,
    saveSetting: (key, value) => save('settings', { id: key, value, updatedAt: Date.now() }),
    lastPlace: () => keeper.get('places', 'last'),
    savePlace: (record) => save('places', record),
    all: () => keeper.all(),
    exportText: async () => {
      const { exportProgress } = await import('./export.ts');
      return exportProgress(await keeper.all());
    },
    importText: async (text, { preview = false } = {}) => {
      // With it comes Zod, which no other page needs.
      const [{ readExport }, { mergeProgress }] = await Promise.all([
        import('./import.ts'),
        import('./merge.ts'),
      ]);
      const { data, damaged } = readExport(text);
      const { merged, counts } = mergeProgress(await keeper.all(), data);
      if (!preview) {
        await keeper.replaceAll(merged);
        changed({ store: 'everything' });
      }
      return { ...counts, damaged };
    },
    erase: async () => {
      const nothing: ProgressData = {
        cells: [],
        exercises: [],
        quizzes: [],
        predictions: [],
        places: [],
        settings: [],
        boards: [],
      };
      await keeper.replaceAll(nothing, { clear: true });
      changed({ store: 'everything' });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get lasting() {
      return keeper.lasting;
    },
    close: () => {
      keeper.close();
      channel?.close();
    },
  };
};
