/** The small fast counter generator sfc32 (Chris Doty-Humphrey, PractRand): numbers in [0, 1). */
function sfc32(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The generator's author asks for a few rounds until the seed has reached every bit.
  for (let round = 0; round < 15; round++) next();
  return next;
}

/**
 * Makes `Math.random` repeat for a seed. TensorFlow.js draws its own default seeds from `Math.random`,
 * so its random tensors, initializers and shuffles repeat as well.
 */
export function seedRandom(seed: number): void {
  const random = sfc32(seed);
  Object.defineProperty(Math, 'random', {
    value: () => random(),
    writable: true,
    configurable: true,
    enumerable: false,
  });
}
