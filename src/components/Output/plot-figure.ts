import * as Plot from '@observablehq/plot';
import type { PlotItem } from '../../runtime/protocol.ts';
import { make } from '../live/dom.ts';
import { foldedTable } from './data-table.ts';
import type { TableData } from './data-table.ts';
import { visibleText } from './visible-text.ts';

interface Point {
  series: string;
  x: number | string;
  y: number;
}

const seriesColours = [1, 2, 3, 4, 5].map((index) => `var(--plot-${index})`);

const pointsOf = (item: PlotItem): Point[] =>
  item.series.flatMap(({ name, x, y }) =>
    y.map((value, index) => ({
      series: visibleText(name),
      x: typeof x[index] === 'string' ? visibleText(x[index]) : (x[index] ?? index),
      y: value,
    })),
  );

const histogramMarks = ({ series }: PlotItem): Plot.Markish[] =>
  series.map(({ x, y }, index) =>
    Plot.rectY(
      y.map((count, bin) => ({ left: x[bin], right: x[bin + 1], count })),
      {
        x1: 'left',
        x2: 'right',
        y: 'count',
        fill: seriesColours[index % 5] ?? 'currentColor',
        insetLeft: 0.5,
      },
    ),
  );

const marksOf = (item: PlotItem, points: Point[]): Plot.Markish[] => {
  if (item.plot === 'histogram') return histogramMarks(item);
  if (item.plot === 'bar')
    return [Plot.barY(points, { x: 'x', y: 'y', fill: seriesColours[0] ?? 'currentColor' })];
  return [
    Plot.lineY(points, { x: 'x', y: 'y', stroke: 'series', strokeWidth: 2 }),
    ...(points.length <= 60 ? [Plot.dot(points, { x: 'x', y: 'y', fill: 'series', r: 2.5 })] : []),
  ];
};

const several = ({ plot, series }: PlotItem): boolean => plot === 'line' && series.length > 1;

const drawing = (item: PlotItem, width: number): Element => {
  const points = pointsOf(item).filter(({ y }) => Number.isFinite(y));
  const names = item.series.map(({ name }) => visibleText(name));
  const crowded = item.plot === 'bar' && points.length * 60 > width;
  const options: Plot.PlotOptions = {
    width,
    height: Math.round(Math.min(320, Math.max(220, width * 0.45))),
    marginLeft: 56,
    marginBottom: crowded ? 84 : 40,
    style: { background: 'transparent', fontFamily: 'var(--font-body)', fontSize: '13px' },
    x: {
      label: item.xLabel === undefined ? null : visibleText(item.xLabel),
      ...(item.plot === 'bar'
        ? { type: 'band', domain: points.map(({ x }) => x), tickRotate: crowded ? -40 : 0 }
        : {}),
    },
    y: {
      label: item.yLabel === undefined ? null : visibleText(item.yLabel),
      grid: true,
      ...(item.plot === 'line' ? { nice: true } : {}),
    },
    color: {
      domain: names,
      range: names.map((_, index) => seriesColours[index % 5] ?? 'currentColor'),
      legend: several(item),
    },
    marks: [...marksOf(item, points), ...(item.plot === 'line' ? [] : [Plot.ruleY([0])])],
  };
  const plot = Plot.plot(options);
  // The figure is one picture with one description: names of its groups of marks only confuse.
  for (const group of plot.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
  return plot;
};

const tableOf = (item: PlotItem): TableData => {
  const x = item.xLabel ?? (item.plot === 'bar' ? 'name' : 'x');
  if (item.plot === 'histogram') {
    const [bins] = item.series;
    return {
      columns: ['from', 'to', 'count'],
      rows: (bins?.y ?? []).map((count, bin) => [
        bins?.x[bin] ?? null,
        bins?.x[bin + 1] ?? null,
        count,
      ]),
    };
  }
  const many = item.series.length > 1;
  return {
    columns: [...(many ? ['series'] : []), x, item.yLabel ?? item.series[0]?.name ?? 'y'],
    rows: item.series.flatMap(({ name, x: at, y }) =>
      y.map((value, index) => [...(many ? [name] : []), at[index] ?? index, value]),
    ),
  };
};

const describe = (item: PlotItem): string => {
  const values = item.series.flatMap(({ y }) => y).filter(Number.isFinite);
  const kind = { line: 'Line plot', bar: 'Bar chart', histogram: 'Histogram' }[item.plot];
  const range = values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  const of = visibleText(item.title ?? item.series.map(({ name }) => name).join(', '));
  if (values.length === 0) return `${kind}: ${of}. It has no finite values.`;
  return `${kind}: ${of}. ${values.length} values from ${range[0].toPrecision(3)} to ${range[1].toPrecision(3)}; the numbers are in the table below it.`;
};

/** A plot with its title, a description for who cannot see it, and its numbers behind a toggle. */
export const plotFigure = (item: PlotItem, width: number): HTMLElement => {
  const picture = make('div', { className: 'hw-plot' }, [drawing(item, width)]);
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', describe(item));
  return make('figure', { className: 'hw-item' }, [
    ...(item.title === undefined
      ? []
      : [make('figcaption', { textContent: visibleText(item.title) })]),
    picture,
    foldedTable('The numbers', () => tableOf(item)),
  ]);
};
