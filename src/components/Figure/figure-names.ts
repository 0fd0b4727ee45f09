import { figureName } from './figure-name.ts';

/** The figures that a page can show: one for each folder of `figures/`. */
export const FIGURE_NAMES: readonly string[] = Object.keys(
  import.meta.glob('../figures/*/*.astro'),
).map(figureName);
