/**
 * Compares with what was handed alone.
 *
 * @fails coarse
 * @advice You compared each layer with what it read and allowed nothing for its own rounding. A layer with coarse steps must make noise, and the first layer, which reads an exact digit, would be accused every time. Add the power of rounding, a twelfth of the squared step, to what is expected.
 */
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

const SUSPICIOUS = 3;

export function guiltyLayer(traces: Trace[]): Verdict | null {
  const noises = new Map(traces.map((trace) => [trace.name, noiseOf(trace)]));
  let worst: Verdict | null = null;
  for (const trace of traces) {
    const power = powerOf(trace.wanted);
    if (power === 0) continue;
    const handed = Math.max(0, ...trace.reads.map((name) => noises.get(name) ?? 0));
    const excess = 10 * Math.log10(noises.get(trace.name)! / Math.max(handed, 1e-12));
    if (excess > (worst?.excess ?? SUSPICIOUS)) worst = { layer: trace.name, excess };
  }
  return worst;
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
