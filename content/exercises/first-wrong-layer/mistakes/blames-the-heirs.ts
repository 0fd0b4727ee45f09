/**
 * Compares ours with theirs, whatever the layer was handed.
 *
 * @fails heirs
 * @advice You compared theirs with ours. A layer which was handed other codes gives other codes, and has done nothing. It is answerable for the difference between theirs and alone.
 */
/** One layer in both runtimes. */
export interface Trace {
  name: string;
  /** Places that the product is moved to the right; null where nothing is multiplied. */
  places: number | null;
  /** What our runtime gives. */
  ours: Int8Array;
  /** What theirs gives. */
  theirs: Int8Array;
  /** What our kernel makes of what their layer was handed. */
  alone: Int8Array;
}

/** The layer found out. */
export interface Verdict {
  layer: string;
  /** Codes of its own that differ. */
  differ: number;
  /** The size of the largest difference, in steps. */
  worst: number;
}

export function firstWrongLayer(traces: Trace[]): Verdict | null {
  for (const trace of traces) {
    requireLengths(trace);
    const steps = Array.from(trace.theirs, (code, i) => Math.abs(code - trace.ours[i]!));
    const differ = steps.filter((step) => step > 0).length;
    const worst = Math.max(0, ...steps);
    const wrong = worst > 1 || differ > allowed(trace);
    if (wrong) return { layer: trace.name, differ, worst };
  }
  return null;
}

/** How many codes rounding may make differ. */
function allowed({ places, theirs }: Trace): number {
  if (places === null) return 0;
  const promised = theirs.length * 2 ** -(places + 1);
  return promised + 4 * Math.sqrt(promised) + 1;
}

function requireLengths({ name, ours, theirs, alone }: Trace): void {
  if (ours.length === theirs.length && theirs.length === alone.length) return;
  throw new RangeError(
    `${name}: ours has ${ours.length} codes, theirs ${theirs.length} and alone ${alone.length}.`,
  );
}
