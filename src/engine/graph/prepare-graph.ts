import { allocateBuffers } from './buffers.ts';
import type { Graph, TensorData } from './graph.ts';
import { prepareMul, prepareSum } from './kernels/arithmetic.ts';
import { prepareConvolution } from './kernels/convolution.ts';
import { prepareDepthwise } from './kernels/depthwise.ts';
import { prepareFunction, prepareLeakyRelu, prepareRectifier } from './kernels/elementwise.ts';
import { prepareFullyConnected } from './kernels/fully-connected.ts';
import { prepareConcatenation, preparePad, prepareReshape } from './kernels/layout.ts';
import { prepareMean } from './kernels/mean.ts';
import { preparePool } from './kernels/pool.ts';
import { prepareDequantize, prepareQuantize } from './kernels/quantize.ts';
import { prepareSoftmax } from './kernels/softmax.ts';
import { prepareTranspose } from './kernels/transpose.ts';
import { OperatorSite, type Kernel } from './operator-site.ts';

/** A graph ready to run: every tensor has its buffer, every operator its kernel. */
export interface PreparedGraph {
  readonly graph: Graph;
  /** One buffer a tensor; after a run each holds what was computed. */
  readonly buffers: readonly TensorData[];
  readonly kernels: readonly Kernel[];
}

/**
 * Makes a graph ready to run: checks shapes, types and scales, computes the integer multipliers and allocates all
 * that a run needs.
 *
 * @throws ReaderError `operator-types-unsupported`, `operator-shapes-do-not-fit`, `tensor-not-quantized`,
 *   `tensor-data-does-not-fit`, `operator-input-not-constant` or `scales-differ`, each naming the operator or tensor
 * @internal
 */
export function prepareGraph(graph: Graph): PreparedGraph {
  const buffers = allocateBuffers(graph);
  const kernels = graph.operators.map((_, index) =>
    prepareOperator(new OperatorSite(graph, buffers, index)),
  );
  return { graph, buffers, kernels };
}

function prepareOperator(site: OperatorSite): Kernel {
  const { operator } = site;
  switch (operator.code) {
    case 'CONV_2D':
      return prepareConvolution(site, operator.options);
    case 'DEPTHWISE_CONV_2D':
      return prepareDepthwise(site, operator.options);
    case 'FULLY_CONNECTED':
      return prepareFullyConnected(site, operator.options);
    case 'AVERAGE_POOL_2D':
      return preparePool(site, operator.options, 'average');
    case 'MAX_POOL_2D':
      return preparePool(site, operator.options, 'max');
    case 'MEAN':
      return prepareMean(site);
    case 'ADD':
      return prepareSum(site, operator.options.activation, 1);
    case 'SUB':
      return prepareSum(site, operator.options.activation, -1);
    case 'MUL':
      return prepareMul(site, operator.options.activation);
    case 'PAD':
      return preparePad(site);
    case 'CONCATENATION':
      return prepareConcatenation(site, operator.options);
    case 'RESHAPE':
      return prepareReshape(site);
    case 'TRANSPOSE':
      return prepareTranspose(site);
    case 'SOFTMAX':
      return prepareSoftmax(site, operator.options.beta);
    case 'LOGISTIC':
    case 'TANH':
      return prepareFunction(site, operator.code);
    case 'RELU':
    case 'RELU6':
      return prepareRectifier(site, operator.code);
    case 'LEAKY_RELU':
      return prepareLeakyRelu(site, operator.options.alpha);
    case 'QUANTIZE':
      return prepareQuantize(site);
    case 'DEQUANTIZE':
      return prepareDequantize(site);
  }
}
