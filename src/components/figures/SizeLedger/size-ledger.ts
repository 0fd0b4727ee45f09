/** One model stored in eight ways, against the flash and the RAM: arithmetic, drawing and words. */

export type Values = 'own' | 'sixteen';

export interface LedgerLine {
  name: string;
  bytes: number;
  /** The same, zipped. */
  zipped: number;
}

export interface LedgerData {
  flash: number;
  ram: number;
  /** Shares of zeros that can be chosen. */
  levels: number[];
  states: { zeros: number; values: Values; rows: LedgerLine[] }[];
}

export const WIDTH = 640;
export const BAR = { left: 158, right: 540, top: 24, step: 30, height: 16 };

/** The ways of the ledger: what they are called, and what must happen before a weight can be used. */
export const WAYS = {
  float32: { label: 'float32', use: 'read' },
  int8: { label: 'int8', use: 'read' },
  int4: { label: 'int4, packed', use: 'kernels' },
  sparse: { label: 'sparse', use: 'unpack' },
  clustered: { label: 'codebook', use: 'unpack' },
  huffman: { label: 'Huffman', use: 'unpack' },
  compressed: { label: 'all of these', use: 'unpack' },
  gzip: { label: 'float32, zipped', use: 'unpack' },
} as const;

export type Way = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as Way[];
export const HEIGHT = BAR.top + WAY_NAMES.length * BAR.step + 4;

/** The ledger at one place of the controls. */
export function linesOf(data: LedgerData, level: number, values: Values): LedgerLine[] {
  const zeros = data.levels[level];
  const state = data.states.find((each) => each.zeros === zeros && each.values === values);
  if (!state) throw new Error(`There is no ledger for level ${level} and ${values}.`);
  return state.rows;
}

export const lineOf = (lines: readonly LedgerLine[], way: Way): LedgerLine => {
  const found = lines.find(({ name }) => name === way);
  if (!found) throw new Error(`The ledger has no line ${way}.`);
  return found;
};

const whole = (count: number): string => count.toLocaleString('en-GB');

const inBytes = (count: number): string => `${whole(count)} ${count === 1 ? 'byte' : 'bytes'}`;

/** How far along the bar so many bytes reach. */
export function xOf(data: LedgerData, bytes: number): number {
  const most = Math.max(...data.states.flatMap(({ rows }) => rows.map((row) => row.bytes)));
  return BAR.left + (bytes / most) * (BAR.right - BAR.left);
}

/** Whether the device can use the model in this form. */
export function verdict(data: LedgerData, lines: readonly LedgerLine[], way: Way): string {
  const { bytes } = lineOf(lines, way);
  const over = bytes - data.flash;
  const { use } = WAYS[way];
  if (over > 0) {
    return `It does not fit: ${inBytes(over)} more than the flash has${use === 'unpack' ? ', and it must be unpacked besides' : ''}.`;
  }
  if (use === 'read') return 'It fits, and is read where it lies.';
  if (use === 'kernels') {
    return 'It fits, and is read where it lies by a runtime which has kernels for four bits. One that restores floats first must unpack it.';
  }
  const unpacked = lineOf(lines, 'float32').bytes;
  return `It fits the flash. Before use it is unpacked to ${whole(unpacked)} bytes, and the RAM has ${whole(data.ram)}.`;
}

/** The bars, the table and the verdict. */
export function ledgerDrawing(
  data: LedgerData,
  level: number,
  values: Values,
  way: Way,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const lines = linesOf(data, level, values);
  const attributes: Record<string, Record<string, string>> = {};
  const texts: Record<string, string> = {
    zeros: `${Math.round(100 * data.levels[level]!)}%`,
    verdict: verdict(data, lines, way),
  };
  for (const name of WAY_NAMES) {
    const { bytes, zipped } = lineOf(lines, name);
    const width = (count: number): string => (xOf(data, count) - BAR.left).toFixed(1);
    attributes[`bar-${name}`] = { width: width(bytes), 'data-chosen': String(name === way) };
    attributes[`zip-${name}`] = { width: width(Math.min(bytes, zipped)) };
    texts[`bytes-${name}`] = whole(bytes);
    texts[`cell-${name}`] = whole(bytes);
    texts[`cell-zip-${name}`] = whole(zipped);
  }
  return { attributes, texts };
}
