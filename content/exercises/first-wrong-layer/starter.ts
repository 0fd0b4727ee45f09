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

/**
 * The first layer that differs by more than rounding explains.
 *
 * @param traces the layers, in the order in which they run
 * @returns the layer and its own differences, or null if every layer keeps to its rule
 * @throws RangeError if ours, theirs and alone of a layer differ in length
 */
export function firstWrongLayer(traces: Trace[]): Verdict | null {
  for (const trace of traces) {
    requireLengths(trace);
    console.log(trace.name, Math.floor(allowed(trace)), 'allowed'); // And how many of its own differ?
  }
  return null;
}

/** How many codes rounding may make differ. */
function allowed({ places, theirs }: Trace): number {
  return places === null ? 0 : theirs.length; // Replace: of so many codes, which share lies in the window?
}

function requireLengths({ name, ours, theirs, alone }: Trace): void {
  if (ours.length === theirs.length && theirs.length === alone.length) return;
  throw new RangeError(
    `${name}: ours has ${ours.length} codes, theirs ${theirs.length} and alone ${alone.length}.`,
  );
}

const evidence: Trace[] = [
  {
    name: 'conv',
    places: 9,
    ours: Int8Array.of(10, -3, 7, 0),
    theirs: Int8Array.of(10, -3, 6, 0),
    alone: Int8Array.of(10, -3, 7, 0),
  },
  {
    name: 'dense',
    places: 9,
    ours: Int8Array.of(40, -12, 5, 90),
    theirs: Int8Array.of(38, -12, 6, 88),
    alone: Int8Array.of(38, -12, 6, 88),
  },
  {
    name: 'logits',
    places: 8,
    ours: Int8Array.of(20, -8),
    theirs: Int8Array.of(17, -8),
    alone: Int8Array.of(19, -8),
  },
];
console.log(firstWrongLayer(evidence), "(layer 'logits', differ 1, worst 2 expected)");
