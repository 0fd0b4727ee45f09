import '@tensorflow/tfjs-backend-cpu';
import { numerics, tf } from 'heavy-weights';
import { goldenSuite } from './golden-suite.ts';

interface Case {
  op?: string;
  num_bits: number;
  narrow_range: boolean;
  min: number | number[];
  max: number | number[];
  shape?: number[];
  data: number[];
  upstream_gradient?: number[];
}

const isArgs = (op: string): boolean => op.includes('Args');

/** The range as the operator takes it: numbers (Args), scalar tensors (Vars) or one number a channel. */
function apply(op: string, { num_bits: numBits, narrow_range: narrowRange, min, max }: Case) {
  const options = { numBits, narrowRange };
  const first = (end: number | number[]): number => (Array.isArray(end) ? end[0]! : end);
  return (x: tf.Tensor, low?: tf.Tensor, high?: tf.Tensor): tf.Tensor => {
    if (op.includes('PerChannel')) {
      return numerics.fakeQuantPerChannel(
        x,
        low ?? (min as number[]),
        high ?? (max as number[]),
        options,
      );
    }
    if (isArgs(op)) return numerics.fakeQuant(x, first(min), first(max), options);
    return numerics.fakeQuant(
      x,
      low ?? tf.scalar(first(min)),
      high ?? tf.scalar(first(max)),
      options,
    );
  };
}

const forward = (op: string) => ({
  answer: (inputs: Case) =>
    tf.tidy(() => apply(op, inputs)(tf.tensor(inputs.data, inputs.shape)).dataSync()),
});

function gradients(inputs: Case) {
  return tf.tidy(() => {
    const op = inputs.op!;
    const x = tf.tensor(inputs.data, inputs.shape);
    const dy = tf.tensor(inputs.upstream_gradient!, inputs.shape);
    if (isArgs(op)) return { grad_input: tf.grad(apply(op, inputs))(x, dy).dataSync() };
    const tensorOf = (end: number | number[]): tf.Tensor =>
      op.includes('PerChannel') ? tf.tensor1d(end as number[]) : tf.tensor(end).reshape([]);
    const [dx, dmin, dmax] = tf.grads((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
      apply(op, inputs)(a, b, c),
    )([x, tensorOf(inputs.min), tensorOf(inputs.max)], dy);
    return {
      grad_input: dx!.dataSync(),
      grad_min: dmin!.dataSync(),
      grad_max: dmax!.dataSync(),
    };
  });
}

goldenSuite('fake-quant.json', [{ file: 'fake_quant.json' }], {
  answered: {
    FakeQuantWithMinMaxArgs: forward('Args'),
    FakeQuantWithMinMaxVars: forward('Vars'),
    FakeQuantWithMinMaxVarsPerChannel: forward('PerChannel'),
    'FakeQuant*Gradient': { answer: gradients },
    'TFLite FAKE_QUANT op': forward('Args'),
  },
  notCovered: {},
});
