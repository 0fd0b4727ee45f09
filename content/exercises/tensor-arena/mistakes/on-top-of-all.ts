/**
 * Never looks into the gaps.
 *
 * @fails rule
 * @advice You put each tensor above all those that are there with it. Between two of them there may be a gap which an
 *   earlier tenant has left, and the lowest one that is wide enough is its place.
 */
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

export function lifetimes({ tensors, steps, input, output }: Network): Stay[] {
  return Array.from({ length: tensors }, (_, tensor) => {
    const written = steps.findIndex(({ writes }) => writes === tensor);
    const read = steps.findLastIndex(({ reads }) => reads.includes(tensor));
    const first = tensor === input ? 0 : written;
    const last = tensor === output ? steps.length - 1 : Math.max(first, read);
    return { first, last };
  });
}

export function planArena(bytes: number[], stays: Stay[]): { offsets: number[]; arena: number } {
  if (bytes.length !== stays.length) {
    throw new RangeError(`bytes has ${bytes.length} tensors, and stays ${stays.length}.`);
  }
  const tenants = stays.map((stay, tensor) => ({
    ...stay,
    tensor,
    size: 16 * Math.ceil((bytes[tensor] ?? 0) / 16),
    offset: 0,
  }));
  const order = [...tenants].sort((a, b) => b.size - a.size || a.first - b.first);
  const placed: typeof tenants = [];
  for (const tenant of order) {
    const neighbours = placed
      .filter((other) => other.first <= tenant.last && tenant.first <= other.last)
      .sort((a, b) => a.offset - b.offset);
    for (const other of neighbours) {
      tenant.offset = Math.max(tenant.offset, other.offset + other.size);
    }
    placed.push(tenant);
  }
  return {
    offsets: tenants.map(({ offset }) => offset),
    arena: Math.max(0, ...tenants.map(({ offset, size }) => offset + size)),
  };
}
