/**
 * What the sample students wrote, where it is neither the book's starter nor its solution nor a known mistake. The
 * texts are a student's: each is tried by tests/unit/components/instructor/samples.test.ts.
 */

const roundTrip = `
export function toBfloat16(values: Float32Array): Float32Array {
  const bits = new Uint32Array(values.slice().buffer);
  const rounded = bits.map((one) => bfloat16Bits(one) << 16);
  return new Float32Array(rounded.buffer);
}
`;

/** Two exercises, rightly done, each in a way of its own. */
export const careful = {
  'to-bfloat16': `export function bfloat16Bits(bits: number): number {
  const exponentIsFull = (bits & 0x7f800000) === 0x7f800000;
  const fraction = bits & 0x007fffff;
  if (exponentIsFull && fraction !== 0) return (bits >>> 16) | 0x40;
  const kept = Math.floor(bits / 65536);
  const dropped = bits - kept * 65536;
  const goesUp = dropped > 32768 || (dropped === 32768 && kept % 2 === 1);
  return goesUp ? kept + 1 : kept;
}
${roundTrip}`,
  'scale-and-zero-point': `export function chooseScaleAndZeroPoint(
  min: number,
  max: number,
): { scale: number; zeroPoint: number } {
  for (const [name, value] of Object.entries({ min, max })) {
    if (!Number.isFinite(value)) throw new RangeError(\`\${name} must be finite; it is \${value}.\`);
  }
  if (min > max) throw new RangeError(\`min, \${min}, is above max, \${max}.\`);
  const bottom = min < 0 ? min : 0;
  const top = max > 0 ? max : 0;
  const scale = (top - bottom) / 255;
  let zeroPoint = Math.round(-128 - bottom / scale);
  if (zeroPoint < -128) zeroPoint = -128;
  if (zeroPoint > 127) zeroPoint = 127;
  return { scale, zeroPoint };
}
`,
};

/** The same two with other names, comments and line ends: what somebody hands in who copied them. */
export const copied = {
  'to-bfloat16': `// My own work, step by step.
export function bfloat16Bits(input: number): number {
  // is it a NaN?
  const allOnes = (input & 0x7f800000) === 0x7f800000;
  const rest = input & 0x007fffff;
  if (allOnes && rest !== 0)
    return (input >>> 16) | 0x40;

  const upperHalf = Math.floor(input / 65536);
  const lowerHalf = input - upperHalf * 65536;
  const carry = lowerHalf > 32768 || (lowerHalf === 32768 && upperHalf % 2 === 1); // ties to even
  return carry ? upperHalf + 1 : upperHalf;
}
${roundTrip.replaceAll('rounded', 'result').replaceAll('one', 'each')}`,
  'scale-and-zero-point': `export function chooseScaleAndZeroPoint(a: number, b: number): { scale: number; zeroPoint: number } {
  // First the input is checked.
  for (const [which, number] of Object.entries({ min: a, max: b })) {
    if (!Number.isFinite(number)) throw new RangeError(\`\${which} has to be finite, not \${number}\`);
  }
  if (a > b) throw new RangeError(\`min \${a} > max \${b}\`);
  /* Zero has to be in the range. */
  const lowest = a < 0 ? a : 0;
  const highest = b > 0 ? b : 0;
  const step = (highest - lowest) / 255;
  let code = Math.round(-128 - lowest / step);
  if (code < -128) code = -128;
  if (code > 127) code = 127;
  return { scale: step, zeroPoint: code };
}
`,
};

/** Again rightly done, and by somebody else. */
export const brisk = {
  'to-bfloat16': `export const bfloat16Bits = (bits: number): number => {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits);
  if (Number.isNaN(view.getFloat32(0))) return view.getUint16(0) | 64;
  const [high, low] = [view.getUint16(0), view.getUint16(2)];
  if (low < 0x8000) return high;
  return low > 0x8000 ? high + 1 : high + (high & 1);
};
${roundTrip}`,
  'scale-and-zero-point': `const codes = { first: -128, last: 127 };

export const chooseScaleAndZeroPoint = (min: number, max: number) => {
  if (![min, max].every(Number.isFinite) || min > max) {
    throw new RangeError(\`There is no range from min \${min} to max \${max}.\`);
  }
  const edges = [min, 0, max].sort((one, other) => one - other);
  const scale = (edges[2]! - edges[0]!) / (codes.last - codes.first);
  const code = codes.first + Math.round(-edges[0]! / scale);
  return { scale, zeroPoint: Math.max(codes.first, Math.min(codes.last, code)) };
};
`,
};

/** It never comes to an end. */
export const endless = `export function denseBytes(
  inputs: number,
  units: number,
  weightBits: number,
  biasBits: number,
): number {
  let bytes = 0;
  while (bytes * 8 !== inputs * units * weightBits + units * biasBits) bytes += 0.3;
  return bytes;
}

export function networkBytes(sizes: number[], weightBits: number, biasBits: number): number {
  let total = 0;
  for (let layer = 1; layer < sizes.length; layer++) {
    total += denseBytes(sizes[layer - 1] ?? 0, sizes[layer] ?? 0, weightBits, biasBits);
  }
  return total;
}
`;
