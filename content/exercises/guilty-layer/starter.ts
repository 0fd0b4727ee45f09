/** One layer in both networks. */
export interface Trace {
  name: string;
  /** Layers whose outputs it reads; a name that is not among the traces is the network's input. */
  reads: string[];
  /** The step of its output. */
  scale: number;
  /** Its output in float. */
  wanted: Float32Array;
  /** Its output in the quantized network. */
  got: Float32Array;
}

/** The layer found out. */
export interface Verdict {
  layer: string;
  /** Decibels beyond what it was handed and what rounding adds. */
  excess: number;
}

/**
 * The layer whose noise exceeds most what was to be expected of it.
 *
 * @param traces the layers, in any order
 * @returns the layer and its excess in dB, or null if none is above 3 dB
 * @throws RangeError if wanted and got of a layer differ in length
 */
export function guiltyLayer(traces: Trace[]): Verdict | null {
  const noises = new Map(traces.map((trace) => [trace.name, noiseOf(trace)]));
  console.log(noises); // And what was each of them handed?
  return null;
}

/** Noise power over signal power; 0 where there is no signal. */
function noiseOf(trace: Trace): number {
  const { name, wanted, got } = trace;
  if (wanted.length !== got.length) {
    throw new RangeError(`${name}: wanted has ${wanted.length} values and got ${got.length}.`);
  }
  const power = powerOf(wanted);
  return power === 0 ? 0 : powerOf(wanted.map((y, i) => y - got[i]!)) / power;
}

function powerOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

const evidence: Trace[] = [
  {
    name: 'a',
    reads: ['digit'],
    scale: 0.1,
    wanted: Float32Array.of(3, 4),
    got: Float32Array.of(3, 3.5),
  },
  {
    name: 'b',
    reads: ['a'],
    scale: 0.1,
    wanted: Float32Array.of(6, 8),
    got: Float32Array.of(6, 7),
  },
];
console.log(guiltyLayer(evidence), "(layer 'a', excess 21.76… expected)");
