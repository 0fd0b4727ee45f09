import * as tf from '@tensorflow/tfjs';
import { conv2DBackpropFilter, conv2DBackpropInput } from './convolution-gradients.ts';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-gradients.ts';
import { maxPoolGradient } from './max-pool-gradient.ts';
import { runKernel, type WasmMemory } from './wasm-memory.ts';

type Kernel = (
  inputs: Record<string, tf.TensorInfo>,
  attrs: Record<string, unknown>,
  backend: WasmMemory,
) => tf.TensorInfo;

const kernels: Record<string, Kernel> = {
  Conv2DBackpropFilter: ({ x, dy }, attrs, backend) =>
    conv2DBackpropFilter(x!, dy!, attrs, backend),
  Conv2DBackpropInput: ({ dy, filter }, attrs, backend) =>
    conv2DBackpropInput(dy!, filter!, attrs, backend),
  DepthwiseConv2dNativeBackpropFilter: ({ x, dy }, attrs, backend) =>
    depthwiseBackpropFilter(x!, dy!, attrs, backend),
  DepthwiseConv2dNativeBackpropInput: ({ dy, filter }, attrs, backend) =>
    depthwiseBackpropInput(dy!, filter!, attrs, backend),
  MaxPoolGrad: ({ dy, input }, attrs, backend) => maxPoolGradient(dy!, input!, attrs, backend),
};

/** Below so many multiplications the backend's plain loop costs less than a transpose. */
const WORTH_TRANSPOSING = 2 ** 18;

let registered = false;

/**
 * Gives the wasm backend what it lacks to train convolutional networks: the gradients of Conv2D (its own
 * Conv2DBackpropInput is slow), of DepthwiseConv2D and of max pooling (its own is wrong); and lets it multiply by a transposed matrix by
 * transposing first, which is about eleven times faster than its plain loop. To be called once the wasm
 * backend's kernels are registered; a second call does nothing.
 *
 * @internal
 */
export function registerTrainingKernels(): void {
  if (registered) return;
  registered = true;
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    replaceKernel(kernelName, () => kernel);
  }
  replaceKernel('BatchMatMul', transposeFirst);
}

function replaceKernel(kernelName: string, make: (original: tf.KernelFunc) => Kernel): void {
  const original = tf.getKernel(kernelName, 'wasm');
  // The backend calls setupFunc when it starts, which may be after this.
  const setupFunc = original?.setupFunc;
  if (original) tf.unregisterKernel(kernelName, 'wasm');
  const kernel = make(original?.kernelFunc);
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    ...(setupFunc ? { setupFunc } : {}),
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(
        inputs as Record<string, tf.TensorInfo>,
        attrs as Record<string, unknown>,
        backend as WasmMemory,
      ),
  });
}

function transposeFirst(original: tf.KernelFunc): Kernel {
  return ({ a, b }, attrs, backend) => {
    const { transposeA = false, transposeB = false } = attrs;
    const multiply = (left: tf.TensorInfo, right: tf.TensorInfo, flags: object): tf.TensorInfo =>
      original({ inputs: { a: left, b: right }, attrs: { ...flags }, backend }) as tf.TensorInfo;
    const inner = a!.shape.at(transposeA ? -1 : -2)!;
    const outer = b!.shape.at(transposeB ? -2 : -1)!;
    const products = a!.shape.reduce((all, size) => all * size, 1) * outer;
    if (!(transposeA || transposeB) || products < WORTH_TRANSPOSING) {
      return multiply(a!, b!, { transposeA, transposeB });
    }
    if (transposeB && !transposeA && outer > 4 * inner) {
      // A·Bᵀ = (B·Aᵀ)ᵀ, and Aᵀ and the product are the smaller to transpose; so is Aᵀ to pack for the multiplication.
      const right = transposed(a!, backend);
      const turned = multiply(b!, right, { transposeA: false, transposeB: false });
      const result = transposed(turned, backend);
      backend.disposeData(right.dataId);
      backend.disposeData(turned.dataId);
      return result;
    }
    const left = transposeA ? transposed(a!, backend) : a!;
    const right = transposeB ? transposed(b!, backend) : b!;
    const result = multiply(left, right, { transposeA: false, transposeB: false });
    if (left !== a) backend.disposeData(left.dataId);
    if (right !== b) backend.disposeData(right.dataId);
    return result;
  };
}

/** With the last two axes exchanged. */
function transposed(x: tf.TensorInfo, backend: WasmMemory): tf.TensorInfo {
  const perm = x.shape.map((_, axis) => axis);
  perm.push(perm.splice(-2, 1)[0]!);
  return runKernel('Transpose', { x }, { perm }, backend);
}
