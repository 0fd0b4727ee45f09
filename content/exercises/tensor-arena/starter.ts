/** A network as a plan of its tensors. */
export interface Network {
  tensors: number;
  steps: { reads: number[]; writes: number }[];
  input: number;
  output: number;
}

/** The first and the last step in which a tensor needs its room. */
export interface Stay {
  first: number;
  last: number;
}

/**
 * When each tensor comes and goes.
 *
 * @param network tensors, and the steps that read and write them
 * @returns a stay for each tensor
 */
export function lifetimes(network: Network): Stay[] {
  return Array.from({ length: network.tensors }, () => ({ first: 0, last: 0 }));
}

/**
 * Where each tensor lies: the largest first, each at the lowest place that is free as long as it stays.
 *
 * @param bytes size of each tensor
 * @param stays what {@link lifetimes} gave
 * @returns where each begins, and how many bytes the arena has
 * @throws RangeError where there is not a stay for each size
 */
export function planArena(bytes: number[], stays: Stay[]): { offsets: number[]; arena: number } {
  return { offsets: bytes.map(() => 0), arena: stays.length };
}

const chain = Array.from({ length: 6 }, (_, step) => ({ reads: [step], writes: step + 1 }));
const stays = lifetimes({ tensors: 7, steps: chain, input: 0, output: 6 });
console.log(planArena([784, 11520, 2880, 3200, 800, 500, 10], stays), 'wanted: an arena of 14,400');
