import type { Examples } from '../../../workbench/examples.ts';
import type { InputRange } from '../settings.ts';

/** What bytes become: asked of the model where the reader left it to it. */
export const rangeFor = (wished: InputRange, rescales: boolean): Exclude<InputRange, 'auto'> =>
  wished === 'auto' ? (rescales ? 'byte' : 'unit') : wished;

/** Examples of bytes, 0 … 255, as values of a range. */
export const bytesToRange = <T extends Examples>(
  examples: T,
  range: Exclude<InputRange, 'auto'>,
): T => {
  if (range === 'unit') return { ...examples, scale: 1 / 255 };
  if (range === 'byte') return { ...examples, scale: 1 };
  // Examples have a factor and no offset: these are kept as floats.
  const values = new Float32Array(examples.values.length);
  for (let i = 0; i < values.length; i++) values[i] = examples.values[i]! / 127.5 - 1;
  return { ...examples, values, scale: 1 };
};
