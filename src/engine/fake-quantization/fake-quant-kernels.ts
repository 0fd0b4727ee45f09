import * as tf from '@tensorflow/tfjs';
import { ReaderError } from '../../shared/reader-error.ts';
import {
  fakeQuantBackward,
  fakeQuantForward,
  fakeQuantRangeBackward,
  type ChannelLayout,
} from './fake-quant-loops.ts';
import { nudge, type NudgedRange } from './nudge.ts';

/** Attributes of all three kernels. @internal */
export interface FakeQuantAttrs {
  /** What the caller calls the operation, for messages. */
  caller: string;
  numBits: number;
  narrowRange: boolean;
  /** The axis that min and max run along; −1 when they are scalars. */
  axis: number;
}

/** How a backend keeps tensors: on a heap (wasm) or as arrays (cpu). */
interface Memory {
  read(info: tf.TensorInfo): Float32Array;
  /** Void, for wasm, as soon as another is made: it is filled before. */
  make(shape: number[]): { info: tf.TensorInfo; view: () => Float32Array };
}

interface WasmBackend {
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}

interface CpuBackend {
  readSync(dataId: object): Float32Array;
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
}

const memories: Record<string, (backend: unknown) => Memory> = {
  wasm: (given) => {
    const backend = given as WasmBackend;
    return {
      read: (info) => backend.typedArrayFromHeap(info),
      make: (shape) => {
        const info = backend.makeOutput(shape, 'float32');
        return { info, view: () => backend.typedArrayFromHeap(info) };
      },
    };
  },
  cpu: (given) => {
    const backend = given as CpuBackend;
    return {
      read: (info) => backend.readSync(info.dataId),
      make: (shape) => {
        const values = new Float32Array(tf.util.sizeFromShape(shape));
        return { info: backend.makeTensorInfo(shape, 'float32', values), view: () => values };
      },
    };
  },
};

type Inputs = Record<string, tf.TensorInfo>;
type Body = (memory: Memory, inputs: Inputs, attrs: FakeQuantAttrs) => tf.TensorInfo;

function layoutOf(shape: readonly number[], axis: number): ChannelLayout {
  const times = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
  if (axis < 0) return { outer: 1, size: 1, inner: times(shape) };
  return {
    outer: times(shape.slice(0, axis)),
    size: shape[axis]!,
    inner: times(shape.slice(axis + 1)),
  };
}

function rangesOf(memory: Memory, { min, max }: Inputs, attrs: FakeQuantAttrs): NudgedRange[] {
  const { caller, numBits, narrowRange, axis } = attrs;
  const highs = memory.read(max!);
  return Array.from(memory.read(min!), (low, channel) =>
    nudge(
      axis < 0 ? caller : `${caller}, channel ${channel}`,
      low,
      highs[channel]!,
      numBits,
      narrowRange,
    ),
  );
}

const forward: Body = (memory, inputs, attrs) => {
  const { info, view } = memory.make(inputs['x']!.shape);
  const layout = layoutOf(info.shape, attrs.axis);
  const ranges = rangesOf(memory, inputs, attrs);
  fakeQuantForward(memory.read(inputs['x']!), view(), ranges, layout, attrs.axis < 0);
  return info;
};

const backward: Body = (memory, inputs, attrs) => {
  const { info, view } = memory.make(inputs['x']!.shape);
  const layout = layoutOf(info.shape, attrs.axis);
  const [dy, x] = [memory.read(inputs['dy']!), memory.read(inputs['x']!)];
  fakeQuantBackward(dy, x, view(), rangesOf(memory, inputs, attrs), layout);
  return info;
};

const rangeBackward =
  (above: boolean): Body =>
  (memory, inputs, attrs) => {
    const { info, view } = memory.make(inputs['min']!.shape);
    const layout = layoutOf(inputs['x']!.shape, attrs.axis);
    const [dy, x] = [memory.read(inputs['dy']!), memory.read(inputs['x']!)];
    fakeQuantRangeBackward(dy, x, view(), rangesOf(memory, inputs, attrs), layout, above);
    return info;
  };

const FORWARD = 'FakeQuantWithMinMaxVars';
const BACKWARD = 'FakeQuantWithMinMaxVarsGradient';
const BACKWARD_MIN = 'FakeQuantWithMinMaxVarsGradientMin';
const BACKWARD_MAX = 'FakeQuantWithMinMaxVarsGradientMax';

const bodies: Record<string, Body> = {
  [FORWARD]: forward,
  [BACKWARD]: backward,
  [BACKWARD_MIN]: rangeBackward(false),
  [BACKWARD_MAX]: rangeBackward(true),
};

let registered = false;

/** TensorFlow.js has no such kernels: ours are registered when they are first asked for. */
function registerKernels(): void {
  if (registered) return;
  registered = true;
  for (const [kernelName, body] of Object.entries(bodies)) {
    for (const [backendName, memoryOf] of Object.entries(memories)) {
      tf.registerKernel({
        kernelName,
        backendName,
        kernelFunc: ({ inputs, attrs, backend }) =>
          body(memoryOf(backend), inputs as Inputs, attrs as unknown as FakeQuantAttrs),
      });
    }
  }
  tf.registerGradient({
    kernelName: FORWARD,
    inputsToSave: ['x', 'min', 'max'],
    gradFunc: (upstream, saved, attrs) => {
      const [x, min, max] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      const dy = upstream as tf.Tensor;
      const run = (kernel: string) => () =>
        tf.engine().runKernel(kernel, { dy, x, min, max }, attrs);
      return { x: run(BACKWARD), min: run(BACKWARD_MIN), max: run(BACKWARD_MAX) } as Record<
        string,
        () => tf.Tensor
      >;
    },
  });
}

/** Runs the fused kernel, to be differentiated by x, min and max. @internal */
export function runFakeQuant<T extends tf.Tensor>(
  x: T,
  min: tf.Tensor,
  max: tf.Tensor,
  attrs: FakeQuantAttrs,
): T {
  registerKernels();
  if (!(tf.getBackend() in memories)) {
    throw new ReaderError({
      code: 'backend-not-supported',
      explain: `${attrs.caller} runs on the wasm and the cpu backend; the backend is ${tf.getBackend()}.`,
      hint: "Call await tf.setBackend('wasm') first.",
    });
  }
  const named = attrs as unknown as tf.NamedAttrMap;
  return tf.engine().runKernel(FORWARD, { x, min, max }, named) as T;
}
