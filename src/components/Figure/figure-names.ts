/** The figures that a page can show. */
export const FIGURE_NAMES = [
  'bytes-budget',
  'number-formats',
  'number-line',
  'weight-histogram',
] as const;

export type FigureName = (typeof FIGURE_NAMES)[number];
