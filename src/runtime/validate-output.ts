import { caps } from './caps.ts';
import { copyOfBytes, isOfferedName } from './offered-file.ts';
import {
  Refused,
  bounded,
  optional,
  readArray,
  readInteger,
  readNumber,
  readOneOf,
  readRecord,
  readString,
} from './validate-values.ts';
import type { OutputItem, PlotItem, PlotSeries, TableItem } from './protocol.ts';

/** Room for the notes that the realm adds to texts it has cut. */
const margin = 200;

export function readOutputItem(value: unknown): OutputItem {
  const item = readRecord(value, 'item');
  const kind = readOneOf(item['kind'], 'kind', [
    'console',
    'table',
    'plot',
    'tensor',
    'image',
    'file',
  ]);
  switch (kind) {
    case 'console':
      return {
        kind,
        level: readOneOf(item['level'], 'level', ['log', 'info', 'warn', 'error']),
        text: readString(item['text'], 'text', caps.lineLength + margin),
      };
    case 'table':
      return readTable(item);
    case 'plot':
      return readPlot(item);
    case 'tensor': {
      const rows = readInteger(item['rows'], 'rows');
      const cols = readInteger(item['cols'], 'cols');
      const values = item['values'];
      if (rows > caps.heatmapSide || cols > caps.heatmapSide) throw new Refused('tensor too large');
      if (!(values instanceof Float32Array) || values.length !== rows * cols)
        throw new Refused('tensor values');
      return {
        kind,
        ...label('title', item),
        shape: readArray(item['shape'], 'shape', 8, (size) => readInteger(size, 'size')),
        dtype: readString(item['dtype'], 'dtype', 30),
        rows,
        cols,
        values,
        min: readNumber(item['min'], 'min'),
        max: readNumber(item['max'], 'max'),
        mean: readNumber(item['mean'], 'mean'),
      };
    }
    case 'image': {
      const width = readInteger(item['width'], 'width');
      const height = readInteger(item['height'], 'height');
      const pixels = item['pixels'];
      if (width < 1 || height < 1 || width > caps.imageSide || height > caps.imageSide)
        throw new Refused('image size');
      if (!(pixels instanceof Uint8ClampedArray) || pixels.length !== width * height * 4)
        throw new Refused('pixels');
      return { kind, ...label('title', item), width, height, pixels };
    }
    case 'file': {
      const { name, bytes } = item;
      if (!isOfferedName(name)) throw new Refused('file name');
      if (!(bytes instanceof Uint8Array) || bytes.byteLength > caps.fileBytes)
        throw new Refused('file bytes');
      return { kind, name, bytes: copyOfBytes(bytes) };
    }
  }
}

function readTable(item: Record<string, unknown>): TableItem {
  const columns = readArray(item['columns'], 'columns', caps.tableColumns, (name) =>
    text(name, 'column'),
  );
  const rows = readArray(item['rows'], 'rows', caps.tableRows, (row) =>
    readArray(row, 'row', caps.tableColumns, (cell) => {
      if (cell === null || typeof cell === 'boolean' || typeof cell === 'number') return cell;
      return text(cell, 'cell');
    }),
  );
  if (rows.some((row) => row.length !== columns.length))
    throw new Refused('rows and columns differ');
  return {
    kind: 'table',
    ...label('title', item),
    columns,
    rows,
    ...optional('omittedRows', item['omittedRows'], (count) => readInteger(count, 'omittedRows')),
  };
}

function readPlot(item: Record<string, unknown>): PlotItem {
  const plot = readOneOf(item['plot'], 'plot', ['line', 'bar', 'histogram']);
  const series = readArray(item['series'], 'series', caps.plotSeries, readSeries);
  for (const { x, y } of series) {
    if (x.length !== y.length + (plot === 'histogram' ? 1 : 0))
      throw new Refused('x and y differ in length');
  }
  if (series.reduce((points, { y }) => points + y.length, 0) > caps.plotPoints)
    throw new Refused('too many points');
  return {
    kind: 'plot',
    plot,
    ...label('title', item),
    ...label('xLabel', item),
    ...label('yLabel', item),
    series,
  };
}

function readSeries(value: unknown): PlotSeries {
  const series = readRecord(value, 'series');
  return {
    name: text(series['name'], 'name'),
    x: readArray(series['x'], 'x', caps.plotPoints + 1, (x) =>
      typeof x === 'string' ? text(x, 'x') : readNumber(x, 'x'),
    ),
    y: readArray(series['y'], 'y', caps.plotPoints, (y) => readNumber(y, 'y')),
  };
}

function label<Name extends 'title' | 'xLabel' | 'yLabel'>(
  name: Name,
  item: Record<string, unknown>,
): { [Key in Name]?: string } {
  return optional(name, item[name], (given) => text(given, name));
}

function text(value: unknown, what: string): string {
  return bounded(value, what, caps.labelLength + margin);
}
