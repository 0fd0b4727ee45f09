import * as Plot from '@observablehq/plot';
import type { LayerError } from '../../engine/evaluation/per-layer-error.ts';
import { make } from '../live/dom.ts';
import { visibleText } from '../Output/visible-text.ts';

/** Bars that a reader still compares. */
const MOST_BARS = 40;
const BAR_HEIGHT = 24;
/** Widths of a letter and of the longest name that is written whole, in pixels. */
const LETTER = 7.5;

/** The signal to noise of each layer as bars, top to bottom as they run; undefined where there is nothing to compare. */
export const layerPlot = (
  layers: readonly LayerError[],
  width: number,
): HTMLElement | undefined => {
  const finite = layers.filter(({ sqnr }) => Number.isFinite(sqnr));
  if (finite.length < 2) return undefined;
  const worst = new Set(finite.toSorted((a, b) => a.sqnr - b.sqnr).slice(0, MOST_BARS));
  const most = Math.floor((0.4 * width) / LETTER);
  const bars = finite
    .filter((layer) => worst.has(layer))
    .map(({ layer, sqnr }) => ({ key: layer, name: shortened(visibleText(layer), most), sqnr }));
  const longest = Math.max(...bars.map(({ name }) => name.length));
  const names = new Map(bars.map(({ key, name }) => [key, name]));
  const plot = Plot.plot({
    width,
    height: bars.length * BAR_HEIGHT + 72,
    marginLeft: Math.round(longest * LETTER) + 16,
    marginRight: 16,
    marginBottom: 42,
    style: { background: 'transparent', fontFamily: 'var(--font-body)', fontSize: '13px' },
    x: { label: 'signal to noise, dB', grid: true, zero: true },
    y: {
      label: null,
      domain: bars.map(({ key }) => key),
      tickFormat: (key: string) => names.get(key) ?? key,
    },
    marks: [
      Plot.barX(bars, { x: 'sqnr', y: 'key', fill: 'var(--plot-1)', insetTop: 2, insetBottom: 2 }),
      Plot.ruleX([0]),
    ],
  });
  // The figure is one picture with one description: names of its groups of marks only confuse.
  for (const group of plot.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
  const picture = make('div', { className: 'hw-plot' }, [plot]);
  const lowest = bars.reduce((low, bar) => (bar.sqnr < low.sqnr ? bar : low));
  picture.setAttribute('role', 'img');
  picture.setAttribute(
    'aria-label',
    `Bar chart: signal to noise of ${bars.length} layers. The lowest is ${lowest.sqnr.toFixed(1)} dB, at ${lowest.key}; the numbers are in the table below it.`,
  );
  const which = worst.size < finite.length ? `; the ${MOST_BARS} layers with the most noise` : '';
  return make('figure', { className: 'hw-item' }, [
    make('figcaption', {
      textContent: `Signal to noise of what each layer gives; more is better${which}`,
    }),
    picture,
  ]);
};

const shortened = (name: string, most: number): string =>
  name.length <= most ? name : `${name.slice(0, Math.max(1, most - 1))}…`;
