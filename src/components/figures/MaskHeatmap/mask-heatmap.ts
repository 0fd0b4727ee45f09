/** The figure of masks: which weights of the last layer stay, and which pixels the first layer still looks at. */

export type PatternId = 'single' | 'pairs' | 'blocks' | 'two-in-four';

/** What `npm run results -- sections:3.5` measured. */
export interface HeatmapData {
  /** Of the last layer, [inputs, units], row-major. */
  weights: number[];
  /** Shares of zeros. */
  levels: number[];
  patterns: {
    id: PatternId;
    /** Four weights a hexadecimal digit; null where the pattern has no such level. */
    masks: (string | null)[];
    /** Share of Σw² that is kept. */
    power: (number | null)[];
  }[];
  /** For each level a character of base 36 a pixel: how many of its connections are kept, z for all. */
  pixels: string[];
  /** How many training images have ink in a pixel, written alike. */
  ink: string;
}

export interface HeatmapState {
  /** Index in levels. */
  level: number;
  pattern: PatternId;
}

/** Of the drawing, in units of its viewBox. */
export const WIDTH = 640;
export const UNITS = 10;
const INPUTS = 100;
const CELL = { width: WIDTH / INPUTS, height: 11 };
export const MASK_TOP = 24;
const MASK_BASE = MASK_TOP + UNITS * CELL.height;
const SIDE = 28;
const PIXEL = 8;
export const MAP = { top: MASK_BASE + 34, size: SIDE * PIXEL, left: 0, right: 340 };
export const HEIGHT = MAP.top + MAP.size + 4;
/** Shades of a map: 0 is left as paper. */
export const SHADES = 6;

export const PATTERN_NAMES: Record<PatternId, string> = {
  single: 'single weights',
  pairs: 'pairs of units',
  blocks: 'blocks of four inputs and two units',
  'two-in-four': 'two in every four inputs',
};

export const FIRST_STATE: HeatmapState = { level: 6, pattern: 'single' };

/** The level that is drawn: two in four is a half, whatever the slider says. */
export function drawnLevel({ levels }: HeatmapData, { level, pattern }: HeatmapState): number {
  return pattern === 'two-in-four' ? levels.indexOf(0.5) : level;
}

/** One truth a weight. */
export function unpackMask(mask: string): boolean[] {
  return [...mask].flatMap((digit) => {
    const bits = parseInt(digit, 16);
    return [8, 4, 2, 1].map((bit) => (bits & bit) !== 0);
  });
}

/** The kept weights of one sign: a row for each unit, a column for each input. */
export function keptPath(
  weights: readonly number[],
  kept: readonly boolean[],
  sign: 1 | -1,
): string {
  let path = '';
  for (let unit = 0; unit < UNITS; unit++) {
    for (let input = 0; input < INPUTS; input++) {
      const at = input * UNITS + unit;
      if (!kept[at] || Math.sign(weights[at]!) !== sign) continue;
      path += `M${(input * CELL.width).toFixed(1)} ${MASK_TOP + unit * CELL.height}h5.6v10h-5.6z`;
    }
  }
  return path;
}

/** The shade of each pixel, 0 … SHADES, against the fullest. */
export function shadesOf(packed: string): number[] {
  const counts = [...packed].map((digit) => parseInt(digit, 36));
  const most = Math.max(1, ...counts);
  return counts.map((count) => Math.ceil((count / most) * SHADES));
}

/** The pixels of one shade; neighbours in a row are drawn as one. */
export function shadePath(shades: readonly number[], shade: number, left: number): string {
  let path = '';
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      if (shades[row * SIDE + column] !== shade) continue;
      let length = 1;
      while (column + length < SIDE && shades[row * SIDE + column + length] === shade) length++;
      path += `M${left + column * PIXEL} ${MAP.top + row * PIXEL}h${length * PIXEL}v${PIXEL}h${-length * PIXEL}z`;
      column += length - 1;
    }
  }
  return path;
}

const percent = (share: number, places: number): string => `${(100 * share).toFixed(places)}%`;
const blankPixels = (packed: string): number => [...packed].filter((digit) => digit === '0').length;

/** Everything that changes in the drawing: the `d` of its parts. */
export function heatmapPaths(data: HeatmapData, state: HeatmapState): Record<string, string> {
  const { masks } = patternOf(data, state);
  const kept = unpackMask(masks[drawnLevel(data, state)]!);
  const shades = shadesOf(data.pixels[state.level]!);
  return {
    positive: keptPath(data.weights, kept, 1),
    negative: keptPath(data.weights, kept, -1),
    ...Object.fromEntries(
      Array.from({ length: SHADES }, (_, i) => [
        `shade-${i + 1}`,
        shadePath(shades, i + 1, MAP.left),
      ]),
    ),
  };
}

/** What the figure says in words. */
export function heatmapTexts(data: HeatmapData, state: HeatmapState): Record<string, string> {
  const { masks, power } = patternOf(data, state);
  const at = drawnLevel(data, state);
  const kept = unpackMask(masks[at]!).filter(Boolean).length;
  return {
    level: percent(data.levels[state.level]!, 0),
    kept: `${kept.toLocaleString('en-GB')} of ${data.weights.length.toLocaleString('en-GB')}`,
    power: percent(power[at]!, 1),
    blank: `${blankPixels(data.pixels[state.level]!)} of ${data.ink.length}`,
    fixed: state.pattern === 'two-in-four' ? 'two in four is always a half' : '',
  };
}

/** One row a level: zeros, the power that each pattern keeps, pixels that nobody looks at. */
export function heatmapRows(data: HeatmapData): string[][] {
  return data.levels.map((level, i) => [
    percent(level, 0),
    ...data.patterns.map(({ power }) => {
      const kept = power[i];
      return kept === null || kept === undefined ? '–' : percent(kept, 1);
    }),
    String(blankPixels(data.pixels[i]!)),
  ]);
}

function patternOf(data: HeatmapData, { pattern }: HeatmapState): HeatmapData['patterns'][number] {
  const found = data.patterns.find(({ id }) => id === pattern);
  if (!found) throw new Error(`The figure has no pattern ${pattern}.`);
  return found;
}
