/** Builds display items from readers' data: bounded, finite plain data, with a note of what was left out. */
import { ReaderError } from '../../shared/reader-error.ts';
import { caps } from '../caps.ts';
import { formatValue } from './format-value.ts';
import type { PlotItem, PlotSeries, TableItem } from '../protocol.ts';
import type { Cell, LineValues, PlotOptions, TableRows } from '../book-types.ts';

export function label(text: unknown): string {
  const string = String(text);
  return string.length > caps.labelLength ? `${string.slice(0, caps.labelLength)}…` : string;
}

export function titleOf(options: { title?: string } | undefined): { title?: string } {
  return options?.title === undefined ? {} : { title: label(options.title) };
}

export function wrongArgument(
  call: string,
  name: string,
  expected: string,
  came: unknown,
): ReaderError {
  return new ReaderError({
    code: 'wrong-argument',
    explain: `${call}: \`${name}\` must be ${expected}.`,
    elaborate: `It is ${formatValue(came).slice(0, 200)}.`,
  });
}

export function toTable(rows: TableRows, options?: { title?: string }): TableItem {
  const given = readRows(rows);
  const columns = given.columns.slice(0, caps.tableColumns);
  const shown = given.rows.slice(0, caps.tableRows);
  const omitted = given.rows.length - shown.length;
  return {
    kind: 'table',
    ...titleOf(options),
    columns: columns.map(label),
    rows: shown.map((row) => columns.map((_, index) => toCell(row[index]))),
    ...(omitted > 0 ? { omittedRows: omitted } : {}),
  };
}

function readRows(rows: TableRows): { columns: string[]; rows: unknown[][] } {
  if (!Array.isArray(rows)) {
    if (rows && Array.isArray(rows.columns) && Array.isArray(rows.rows)) return rows;
    throw wrongArgument('display.table', 'rows', 'an array of objects, or { columns, rows }', rows);
  }
  const columns: string[] = [];
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) {
      throw wrongArgument(
        'display.table',
        'rows',
        'an array of objects such as { bits: 8, error: 0.01 }',
        rows,
      );
    }
    for (const key of Object.keys(row)) if (!columns.includes(key)) columns.push(key);
  }
  return { columns, rows: rows.map((row) => columns.map((column) => row[column])) };
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return label(typeof value === 'string' ? value : formatValue(value));
}

export function toLinePlot(series: Record<string, LineValues>, options?: PlotOptions): PlotItem {
  if (typeof series !== 'object' || series === null) {
    throw wrongArgument('display.line', 'series', 'an object of arrays, one for each line', series);
  }
  const names = Object.keys(series).slice(0, caps.plotSeries);
  const perSeries = Math.floor(caps.plotPoints / Math.max(1, names.length));
  let sampled = false;
  const lines = names.map((name): PlotSeries => {
    const { x, y } = readLine(name, series[name]!);
    const picks = sample(y.length, perSeries);
    sampled ||= picks.length < y.length;
    return {
      name: label(name),
      x: picks.map((index) => x(index)),
      y: picks.map((index) => Number(y[index])),
    };
  });
  return plot(
    'line',
    lines,
    options,
    sampled ? ` (every line sampled at ${perSeries} points at most)` : '',
  );
}

function readLine(
  name: string,
  values: LineValues,
): { x: (index: number) => number; y: ArrayLike<number> } {
  if (isList(values)) return { x: (index) => index, y: values };
  if (isList(values?.x) && isList(values.y) && values.x.length === values.y.length) {
    const { x, y } = values;
    return { x: (index) => Number(x[index]), y };
  }
  throw wrongArgument(
    'display.line',
    name,
    'an array of numbers, or { x, y } of equal lengths',
    values,
  );
}

/** Evenly spread indices, both ends included. */
function sample(length: number, most: number): number[] {
  if (length <= most) return Array.from({ length }, (_, index) => index);
  return Array.from({ length: most }, (_, index) =>
    Math.round((index * (length - 1)) / (most - 1)),
  );
}

export function toBarPlot(values: Record<string, number>, options?: PlotOptions): PlotItem {
  if (typeof values !== 'object' || values === null) {
    throw wrongArgument(
      'display.bar',
      'values',
      'an object such as { int8: 0.98, int4: 0.95 }',
      values,
    );
  }
  const entries = Object.entries(values).slice(0, caps.tableRows);
  for (const [name, value] of entries) {
    if (typeof value !== 'number') throw wrongArgument('display.bar', name, 'a number', value);
  }
  const series = {
    name: '',
    x: entries.map(([name]) => label(name)),
    y: entries.map(([, value]) => value),
  };
  return plot('bar', [series], options);
}

export function toHistogram(
  values: ArrayLike<number>,
  options?: PlotOptions & { bins?: number },
): PlotItem {
  if (!isList(values))
    throw wrongArgument('display.histogram', 'values', 'an array of numbers', values);
  const bins = Math.trunc(options?.bins ?? 40);
  if (!(bins >= 1 && bins <= caps.histogramBins)) {
    throw wrongArgument(
      'display.histogram',
      'bins',
      `a whole number from 1 to ${caps.histogramBins}`,
      options?.bins,
    );
  }
  let min = Infinity;
  let max = -Infinity;
  let skipped = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) skipped += 1;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (min > max) [min, max] = [0, 1];
  if (min === max) [min, max] = [min - 0.5, max + 0.5];
  const width = (max - min) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (Number.isFinite(value)) counts[Math.min(bins - 1, Math.floor((value - min) / width))]! += 1;
  }
  const edges = Array.from({ length: bins + 1 }, (_, index) =>
    index === bins ? max : min + index * width,
  );
  const note = skipped > 0 ? ` (${skipped} values that are not finite left out)` : '';
  return plot(
    'histogram',
    [{ name: '', x: edges, y: counts }],
    { yLabel: 'count', ...options },
    note,
  );
}

function plot(
  kind: PlotItem['plot'],
  series: PlotSeries[],
  options: PlotOptions | undefined,
  note = '',
): PlotItem {
  const title = `${options?.title === undefined ? '' : label(options.title)}${note}`.trim();
  return {
    kind: 'plot',
    plot: kind,
    ...(title === '' ? {} : { title }),
    ...(options?.xLabel === undefined ? {} : { xLabel: label(options.xLabel) }),
    ...(options?.yLabel === undefined ? {} : { yLabel: label(options.yLabel) }),
    series,
  };
}

export function isList(value: unknown): value is ArrayLike<number> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
