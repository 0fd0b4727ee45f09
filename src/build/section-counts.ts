import type { SectionSource } from './section-sources.ts';

/** What a section holds. */
export interface SectionCount {
  /** Words of prose: without front matter, displayed formulas, code and the tags of components. */
  words: number;
  cells: number;
  exercises: number;
  quizzes: number;
  figures: number;
  citations: number;
  terms: number;
  predictions: number;
  equations: number;
}

const COMPONENTS = {
  cells: 'Cell',
  exercises: 'Exercise',
  quizzes: 'Quiz',
  figures: 'Figure',
  citations: 'Cite',
  terms: 'Term',
  predictions: 'Prediction',
  equations: 'Equation',
} as const;

/** Bounds of every section (docs/book.md, “Section rhythm”). */
export const SECTION_BOUNDS = {
  words: { least: 900, most: 2_100 },
  cells: { least: 1 },
  exercises: { least: 1 },
  predictions: { least: 1 },
} satisfies Partial<Record<keyof SectionCount, { least: number; most?: number }>>;

/** What the book as a whole, and its first half, must hold at least (docs/book.md; issue 6). */
export const BOOK_LEASTS = [
  {
    what: 'chapters 1–3',
    upTo: 3,
    least: { exercises: 24, quizzes: 45, cells: 36, figures: 14 },
  },
  { what: 'the book', upTo: 6, least: { exercises: 42, quizzes: 85, cells: 64 } },
] as const satisfies readonly {
  what: string;
  upTo: number;
  least: Partial<Record<keyof SectionCount, number>>;
}[];

/** Words of prose in a section's text. */
export function proseWords(text: string): number {
  const words = text
    .replace(/^---[\s\S]*?---/, '')
    .replace(/\$\$[\s\S]*?\$\$/g, ' ')
    .replace(/<Prediction[\s\S]*?>\n\n/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .match(/[\p{L}’]+/gu);
  return words?.length ?? 0;
}

/** Counts what a section holds. */
export function countSection({ text, uses }: Pick<SectionSource, 'text' | 'uses'>): SectionCount {
  const counts = Object.entries(COMPONENTS).map(([what, component]) => [
    what,
    uses.filter(({ tag }) => tag === component).length,
  ]);
  return { words: proseWords(text), ...Object.fromEntries(counts) } as SectionCount;
}

/** The sum of several counts. */
export function sumCounts(counts: readonly SectionCount[]): SectionCount {
  const sum = countSection({ text: '', uses: [] });
  for (const count of counts) {
    for (const key of Object.keys(sum) as (keyof SectionCount)[]) sum[key] += count[key];
  }
  return sum;
}

/** Where a section is out of its bounds, as `file:line: what`. The line is the first of the text. */
export function boundFaults(section: SectionSource): string[] {
  const count = countSection(section);
  const matter = /^---[\s\S]*?\n---\n/.exec(section.text)?.[0] ?? '';
  const at = `${section.path}:${matter.split('\n').length}`;
  return Object.entries(SECTION_BOUNDS).flatMap(([what, bounds]) => {
    const { least, most = Infinity }: { least: number; most?: number } = bounds;
    const is = count[what as keyof SectionCount];
    if (is >= least && is <= most) return [];
    const wanted = is < least ? `at least ${least}` : `at most ${most}`;
    return [`${at}: ${is} ${what}; a section has ${wanted}.`];
  });
}
