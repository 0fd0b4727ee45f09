/** The budgets of docs/experience.md. Sizes in gzip kB (1,000 bytes), times in ms. */
export const SIZE_LIMITS = { html: 60, css: 25, js: 15, font: 120, total: 200 } as const;

export const PAGE_LIMITS = {
  /** Cumulative layout shift. */
  layoutShift: 0.01,
  /** Total blocking time in Lighthouse's mobile run. */
  blockingMs: 20,
  /** Largest contentful paint in Lighthouse's mobile run. */
  paintMs: 2000,
} as const;

export const SCORE_LIMITS = {
  performance: 95,
  accessibility: 100,
  'best-practices': 100,
  seo: 100,
} as const;

export const RUN_LIMITS = {
  /** First Check of a visit to its answer. */
  coldCheckMs: 800,
  /** Later Checks. */
  warmCheckMs: 80,
  /** From the end of an endless loop to the answer of the next cell. */
  afterLoopMs: 300,
  /** From focus to an editor that takes keys. */
  editorMs: 1500,
} as const;

export interface Measure {
  name: string;
  value: number;
  limit: number;
  unit: string;
  /** `min`: the value must reach the limit; otherwise it must stay at or below it. */
  kind?: 'min';
}

export function holds({ value, limit, kind }: Measure): boolean {
  return kind === 'min' ? value >= limit : value <= limit;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
