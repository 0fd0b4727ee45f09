/** What an assignment can be made of: the list that `/exercises/index.json` gives. No DOM. */

export type Ladder = 'fill-in' | 'implement' | 'investigate' | 'design';

/** One exercise or question of the book, as it is chosen by. */
export interface CatalogueItem {
  kind: 'exercise' | 'quiz';
  id: string;
  /** Of a question: the question itself, in plain text. */
  title: string;
  /** `1.3` */
  section: string;
  /** Of a question: those that the exercises of its section practise. */
  concepts: string[];
  /** A question has no rung. */
  ladder?: Ladder;
  /** 1 easy … 5 hard; a question has none. */
  difficulty?: number;
  /** What it is likely to take. */
  minutes: number;
  points: number;
  /** Of what decides a mark: see `itemVersion`. */
  version: string;
  /** Names that a submission must export. */
  entry?: string[];
  /** Where it stands in the book, below the site’s base: `chapters/…/…/#exercise-…`. */
  path: string;
}

export interface Catalogue {
  format: 'heavy-weights-catalogue';
  /** The printing: the package's version. */
  book: string;
  items: CatalogueItem[];
}

/** Points of a question unless the assignment says otherwise. */
export const QUIZ_POINTS = 1;
const QUIZ_MINUTES = 2;

const MINUTES: Readonly<Record<Ladder, number>> = {
  'fill-in': 5,
  implement: 12,
  investigate: 18,
  design: 30,
};

/**
 * The minutes that an exercise is likely to take: its rung's × (0.6 + 0.2 · difficulty), rounded to fives, five at least.
 * A question, which has no rung, takes two.
 */
export const likelyMinutes = (ladder?: Ladder, difficulty = 2): number =>
  ladder === undefined
    ? QUIZ_MINUTES
    : Math.max(5, 5 * Math.round((MINUTES[ladder] * (0.6 + 0.2 * difficulty)) / 5));

/** Filed under kind and id: an exercise and a question may bear one name. */
export const catalogueKey = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;

/** Finds the items of a catalogue by kind and id. */
export const catalogueIndex = (catalogue: Catalogue): Map<string, CatalogueItem> =>
  new Map(catalogue.items.map((item) => [catalogueKey(item), item]));
