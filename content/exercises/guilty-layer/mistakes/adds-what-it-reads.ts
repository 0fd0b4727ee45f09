/**
 * Adds the noises of all that a layer reads.
 *
 * @fails several
 * @advice You added the noise ratios of everything the layer reads. The rule asks for the worst of them: two inputs of one noise ratio, added together, have that same ratio still, since their signals add too.
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
    const handed = trace.reads.reduce((sum, name) => sum + (noises.get(name) ?? 0), 0);
    const rounding = trace.scale ** 2 / 12 / (power / trace.wanted.length);
    const excess = 10 * Math.log10(noises.get(trace.name)! / (handed + rounding));
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
