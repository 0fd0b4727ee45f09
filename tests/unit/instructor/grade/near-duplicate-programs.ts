/** Programs for one exercise: a starter, an answer, the ways in which it may be passed on, and another answer. */
import type { Rng } from '../../../../src/shared/rng.ts';

const head = `export function quantizeChannels(
  weights: Float32Array,
  channels: number,
): { codes: Int8Array; scales: Float32Array } {
  const size = weights.length / channels;
  const codes = new Int8Array(weights.length);
  const scales = new Float32Array(channels);`;

const tail = `  return { codes, scales };
}

console.log(quantizeChannels(new Float32Array([1, -2, 3, 0.5]), 2));
`;

export const starter = `/** Quantizes weights channel by channel. */
${head}
  // Your rule here.
${tail}`;

/** The starter with one statement put in. */
export const filled = (statement: string): string =>
  starter.replace('// Your rule here.', statement);

const largestIn = `function largestIn(values: Float32Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const size = Math.abs(values[i] ?? 0);
    if (size > largest) largest = size;
  }
  return largest;
}`;

const roundToEven = `function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}`;

const encode = `function encode(value: number, scale: number): number {
  if (scale === 0) return 0;
  const code = roundToEven(value / scale);
  if (code > HIGHEST) return HIGHEST;
  if (code < -HIGHEST) return -HIGHEST;
  return code;
}`;

const inner = `for (let i = start; i < start + size; i++) codes[i] = encode(weights[i] ?? 0, scale);`;

const main = (body: string): string => `${head}
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * size;
    const scale = largestIn(weights, start, start + size) / HIGHEST;
    scales[channel] = scale;
    ${body}
  }
${tail}`;

const join = (...parts: string[]): string => parts.join('\n\n');
const highest = 'const HIGHEST = 127;';

export const original = join(highest, largestIn, roundToEven, encode, main(inner));

const names =
  /\b(largestIn|largest|roundToEven|floor|rest|encode|scale|value|values|channel|start|code|HIGHEST|from|to|i)\b/g;

/** What is done to a program so that it looks like another. */
export const disguises: [what: string, code: string][] = [
  ['copied as it is', original],
  ['renamed', original.replace(names, (name) => `my${name.length}_${name}`)],
  [
    'with comments, in other lines',
    original
      .replaceAll('{\n', '{ // so it begins\n\n')
      .replaceAll(';\n', ';\n/* and then\n it goes on */\n')
      .replaceAll('  ', '\t'),
  ],
  ['with Windows’ line ends', original.replaceAll('\n', '\r\n')],
  [
    'without semicolons, let for const',
    original.replaceAll(';\n', '\n').replaceAll('const ', 'let '),
  ],
  ['with other numbers', original.replace('127', '7').replaceAll('0.5', '0.25')],
  [
    'with its functions in another order',
    join(encode, largestIn, highest, roundToEven, main(inner)),
  ],
  [
    'with code that is never used',
    join(
      highest,
      `function unused(a: number[], b: string): string {
  const seen = new Map(a.map((each) => [each, b.repeat(each)]));
  return [...seen.values()].filter((each) => each !== b).join(b) || String(seen.size);
}`,
      largestIn,
      roundToEven,
      encode,
      main(inner),
    ),
  ],
  [
    'with a loop written out',
    join(
      highest,
      largestIn,
      roundToEven,
      encode,
      main(`codes[start] = encode(weights[start] ?? 0, scale);
    ${inner.replace('let i = start', 'let i = start + 1')}`),
    ),
  ],
  [
    'with a function split in two',
    join(
      highest,
      largestIn,
      roundToEven,
      encode,
      `function fill(weights: Float32Array, codes: Int8Array, start: number, size: number, scale: number): void {
  ${inner}
}`,
      main('fill(weights, codes, start, size, scale);'),
    ),
  ],
];

/** The same task, thought out by somebody else. */
export const independent = `${head}
  const groups = Array.from({ length: channels }, (_, k) => weights.slice(k * size, (k + 1) * size));
  groups.forEach((group, k) => {
    const peak = group.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    scales[k] = peak / 127;
    codes.set(
      group.map((w) => (peak === 0 ? 0 : Math.round((w * 127) / peak))),
      k * size,
    );
  });
${tail}`;

/** What the whole class was shown in a lesson. */
export const lesson = join(largestIn, roundToEven);

/** A program like no other: arithmetic that means nothing. */
export const invented = (rng: Rng, lines = 12): string =>
  Array.from({ length: lines }, (_, line) => `const v${line} = ${expression(rng, 4)};`).join('\n');

const operators = ['+', '-', '*', '/', '%', '<', '>', '&', '|', '^'];

const expression = (rng: Rng, depth: number): string => {
  if (depth === 0) return rng.integer(0, 1) === 0 ? 'x' : '3';
  const part = (): string => expression(rng, rng.integer(0, depth - 1));
  switch (rng.integer(0, 3)) {
    case 0:
      return `f(${part()}, ${part()})`;
    case 1:
      return `a[${part()}]`;
    case 2:
      return `(${part()} ? ${part()} : ${part()})`;
    default:
      return `(${part()} ${operators[rng.integer(0, operators.length - 1)]!} ${part()})`;
  }
};
