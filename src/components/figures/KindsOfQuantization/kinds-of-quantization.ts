/** One score of the last layer under a bargain: what is stored, what is multiplied, what goes on; and its drawing. */
import { writeNumber } from '../write-number.ts';

export type BargainId = 'float32' | 'float16' | 'dynamic' | 'int8' | 'int16x8' | 'int4';

/** One product of a score. */
export interface Product {
  /** In the flash: a float or a code. */
  stored: number;
  /** At the multiplier. */
  weight: number;
  input: number;
  product: number;
}

export interface Score {
  /** In float64. */
  exact: number;
  /** Before it is turned into what goes on. */
  sum: number;
  /** What goes on: a float or a code. */
  out: number;
  /** What that stands for. */
  score: number;
  /** The largest of its products. */
  products: Product[];
}

export interface Bargain {
  id: BargainId;
  fileBytes: number;
  ramBytes: number;
  /** Of 10,000 test images. */
  correct: number;
  scores: Score[];
}

type Sort = 'float' | 'integer';
export interface Width {
  bits: number;
  sort: Sort;
}

/** How wide a number is on each stage of its way. */
export interface Stages {
  name: string;
  flash: Width;
  weight: Width;
  input: Width;
  sum: Width;
  out: Width;
  data: string;
  arithmetic: string;
}

const float = (bits: number): Width => ({ bits, sort: 'float' });
const integer = (bits: number): Width => ({ bits, sort: 'integer' });

export const STAGES: Record<BargainId, Stages> = {
  float32: {
    name: 'none: float32',
    flash: float(32),
    weight: float(32),
    input: float(32),
    sum: float(32),
    out: float(32),
    data: 'none',
    arithmetic: 'floats',
  },
  float16: {
    name: 'float16',
    flash: float(16),
    weight: float(32),
    input: float(32),
    sum: float(32),
    out: float(32),
    data: 'none',
    arithmetic: 'floats',
  },
  dynamic: {
    name: 'dynamic range',
    flash: integer(8),
    weight: integer(8),
    input: integer(8),
    sum: integer(32),
    out: float(32),
    data: 'none',
    arithmetic: 'integers between floats',
  },
  int8: {
    name: 'full integer, int8',
    flash: integer(8),
    weight: integer(8),
    input: integer(8),
    sum: integer(32),
    out: integer(8),
    data: 'specimens',
    arithmetic: 'integers',
  },
  int16x8: {
    name: '16x8',
    flash: integer(8),
    weight: integer(8),
    input: integer(16),
    sum: integer(64),
    out: integer(16),
    data: 'specimens',
    arithmetic: 'integers',
  },
  int4: {
    name: 'int4 weights',
    flash: integer(4),
    weight: float(32),
    input: float(32),
    sum: float(32),
    out: float(32),
    data: 'none',
    arithmetic: 'floats',
  },
};

export const ROWS = ['flash', 'weight', 'input', 'sum', 'out'] as const;
export type Row = (typeof ROWS)[number];

export const ROW_LABELS: Record<Row, string> = {
  flash: 'a weight in the flash',
  weight: 'the weight when multiplied',
  input: 'the input when multiplied',
  sum: 'the sum of all 500 products',
  out: 'the score that goes on',
};

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
const ROW_HEIGHT = 46;
const CELL = 9;
const GAP = 1;
export const HEIGHT = ROWS.length * ROW_HEIGHT + 4;

/** Where the label of a row stands. */
export const labelY = (row: number): number => row * ROW_HEIGHT + 16;

/** A small square for each bit. */
export function bitsPath(bits: number, row: number): string {
  const y = row * ROW_HEIGHT + 24;
  let path = '';
  for (let bit = 0; bit < bits; bit++) path += `M${bit * (CELL + GAP)} ${y}h${CELL}v12h-${CELL}z`;
  return path;
}

/** A number as its stage writes it: integers whole, floats with four digits. */
export function writeAs(value: number, { sort }: Width): string {
  return sort === 'integer'
    ? Math.round(value).toLocaleString('en-GB').replace('-', '−')
    : writeNumber(value);
}

const typeName = ({ bits, sort }: Width): string =>
  `${sort === 'integer' ? 'int' : 'float'}${bits}`;

/** Everything that the drawing and its readings say. */
export function drawing(
  bargain: Bargain,
  unit: number,
  place: number,
): {
  bits: Record<Row, { d: string; sort: Sort }>;
  texts: Record<string, string>;
} {
  const stages = STAGES[bargain.id];
  const score = bargain.scores[unit]!;
  const product = score.products[place]!;
  const values: Record<Row, number> = {
    flash: product.stored,
    weight: product.weight,
    input: product.input,
    sum: score.sum,
    out: score.out,
  };
  const bits = Object.fromEntries(
    ROWS.map((row, i) => [row, { d: bitsPath(stages[row].bits, i), sort: stages[row].sort }]),
  ) as Record<Row, { d: string; sort: Sort }>;
  const rowTexts = Object.fromEntries(
    ROWS.map((row) => [row, `${typeName(stages[row])}: ${writeAs(values[row], stages[row])}`]),
  );
  return {
    bits,
    texts: {
      ...rowTexts,
      product: writeAs(product.product, stages.sum),
      unit: String(unit),
      place: String(place + 1),
      exact: writeNumber(score.exact, 6),
      score: writeNumber(score.score, 6),
      error: writeNumber(Math.abs(score.score - score.exact), 3),
      file: `${bargain.fileBytes.toLocaleString('en-GB')} bytes`,
      ram: `${bargain.ramBytes.toLocaleString('en-GB')} bytes`,
      data: stages.data,
    },
  };
}
