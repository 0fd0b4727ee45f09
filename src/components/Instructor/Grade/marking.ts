import type { ItemMarking, Marking } from './work.ts';

/** A marking in which one item's fields are changed; a field given as undefined goes. */
export const withItem = (
  marking: Marking,
  key: string,
  change: { [Field in keyof ItemMarking]?: ItemMarking[Field] | undefined },
): Marking => {
  const merged = Object.entries({ ...marking.items[key], ...change }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const items = Object.entries(marking.items).filter(([other]) => other !== key);
  if (merged.length > 0) items.push([key, Object.fromEntries(merged)]);
  return { ...marking, items: Object.fromEntries(items) };
};

/** The rubric's points with one criterion's set; null takes it back. */
export const withCriterion = (
  rubric: readonly (number | null)[] | undefined,
  length: number,
  index: number,
  points: number | null,
): (number | null)[] =>
  Array.from({ length }, (_, each) => (each === index ? points : (rubric?.[each] ?? null)));

/** Points of a field: undefined for an empty one; within 0 … most. */
export const pointsOf = (text: string, most: number): number | undefined => {
  const points = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(points)) return undefined;
  return Math.min(most, Math.max(0, Math.round(points * 100) / 100));
};

/** The changes of one hand-in's marking, so that each can be taken back, the last first. */
export class MarkingHistory {
  readonly #most: number;
  #past: { row: string; before: Marking }[] = [];

  constructor(most = 200) {
    this.#most = most;
  }

  /** Keeps how a row's marking stood before it changes. */
  keep(row: string, before: Marking): void {
    this.#past = [...this.#past.slice(1 - this.#most), { row, before }];
  }

  get isEmpty(): boolean {
    return this.#past.length === 0;
  }

  /** The row that changed last, and how its marking stood before. */
  back(): { row: string; before: Marking } | undefined {
    return this.#past.pop();
  }
}
