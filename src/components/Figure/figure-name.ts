/** `../figures/NumberLine/NumberLine.astro` → `number-line`: what a section calls the figure. */
export const figureName = (path: string): string =>
  (path.split('/').at(-2) ?? '').replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
