import { catalogueIndex, catalogueKey, type Catalogue } from '../../../instructor/catalogue.ts';
import type { GradingSheet, QuizKey, Sheets } from '../../../instructor/grade/graded.ts';
import type { Item } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import type { ExerciseSheet } from '../../Exercise/exercise-sheet.ts';
import { once, siteBase } from '../../live/services.ts';
import type { QuizSheets } from './quiz-sheet.ts';

/** Fetches one file of the book; nothing if the book has none of that name. */
const fetchJson = async <T>(path: string): Promise<T | undefined> => {
  const response = await fetch(`${siteBase}${path}`).catch((error: unknown) => {
    throw new ReaderError({
      code: 'book-not-reached',
      explain: `The book’s file ${path} could not be fetched.`,
      elaborate: error instanceof Error ? error.message : String(error),
      hint: 'Look to your connection, then press Go on. What was graded is kept.',
    });
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
  return (await response.json()) as T;
};

/** What grading needs of the book, each file fetched once. */
export class BookSource implements Sheets {
  readonly #exercises = new Map<string, () => Promise<ExerciseSheet | undefined>>();
  readonly #quizzes = once(async () => (await fetchJson<QuizSheets>('quizzes/index.json')) ?? {});
  readonly #catalogue = once(async () => {
    const catalogue = await fetchJson<Catalogue>('exercises/index.json');
    return catalogue === undefined ? new Map<string, never>() : catalogueIndex(catalogue);
  });

  /** Titles of an assignment's items, by `kind id`: a written question has the words it begins with. */
  async titles(items: readonly Item[]): Promise<Map<string, string>> {
    const known = await this.#catalogue();
    return new Map(
      items.map((item) => {
        const key = catalogueKey(item);
        if (item.kind !== 'written') return [key, known.get(key)?.title ?? item.id];
        const [first = item.id] = item.prompt.trim().split('\n');
        // A line that leads over to the next one, as “A colleague reports:” does.
        const short = first.length > 90 ? `${first.slice(0, 89)}…` : first;
        return [key, short.replace(/[:,;]$/, ' …')];
      }),
    );
  }

  exercise(id: string): Promise<GradingSheet | undefined> {
    return this.sheet(id);
  }

  /** The same with what the page shows beside: the starter. */
  sheet(id: string): Promise<ExerciseSheet | undefined> {
    let fetched = this.#exercises.get(id);
    if (fetched === undefined) {
      fetched = once(() => fetchJson<ExerciseSheet>(`exercises/${id}.json`));
      this.#exercises.set(id, fetched);
    }
    return fetched();
  }

  async quiz(id: string): Promise<QuizKey | undefined> {
    const quizzes = await this.#quizzes();
    if (!Object.hasOwn(quizzes, id)) return undefined;
    const { version, source, correct } = quizzes[id]!;
    return { version, options: source, correct };
  }

  /** A question's words, to show what a student chose. */
  async question(id: string): Promise<QuizSheets[string] | undefined> {
    const quizzes = await this.#quizzes();
    return Object.hasOwn(quizzes, id) ? quizzes[id] : undefined;
  }
}
