import { describe, expect, it } from 'vitest';
import { explainFailure, isFatal } from '../../../src/litert/explain-failure.ts';
import { LiteRtLog } from '../../../src/litert/litert-log.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';

const { RuntimeError } = WebAssembly;

describe('explainFailure', () => {
  it.each<[string, unknown, 'load' | 'run', string, RegExp]>([
    [
      'a type',
      new Error('Element type INT8 is not supported.'),
      'load',
      'litert-refused',
      /no int8 in the browser.*withFloatIO/s,
    ],
    [
      'a damaged file',
      new Error('Failed to load model from buffer'),
      'load',
      'litert-refused',
      /Failed to load model from buffer/,
    ],
    ['a run', new Error('No kernel.'), 'run', 'litert-run-failed', /No kernel\./],
    ['a trap', new RuntimeError('memory access out of bounds'), 'load', 'litert-crashed', /loaded/],
    ['a trap in a run', new RuntimeError('unreachable'), 'run', 'litert-crashed', /ran/],
    [
      'an abort for want of memory',
      new RuntimeError('Aborted(OOM)'),
      'run',
      'litert-out-of-memory',
      /2 GB/,
    ],
    [
      'no memory',
      new RangeError('Array buffer allocation failed'),
      'load',
      'litert-out-of-memory',
      /2 GB/,
    ],
    ['text', 'std::bad_alloc', 'run', 'litert-out-of-memory', /bad_alloc/],
    ['a number', 5246024, 'load', 'litert-refused', /5246024/],
  ])('says what %s means', (_, error, doing, code, said) => {
    const explained = explainFailure(error, [], doing);
    expect(explained.code).toBe(code);
    expect(explained.message).toMatch(said);
    expect(explained.hint).toBeTruthy();
  });

  it('adds the errors that LiteRT wrote, each once, without their places', () => {
    const thrown = new Error(
      'ERROR: [third_party/litert/litert_web.cc:245]\n└ ERROR: [./litert_compiled_model_next.h:70]',
    );
    const log = [
      'INFO: Created TensorFlow Lite XNNPACK delegate for CPU.',
      "ERROR: Didn't find op for builtin opcode 'SOFTMAX' version '9'.",
      "ERROR: Didn't find op for builtin opcode 'SOFTMAX' version '9'.",
      'ERROR: Registration failed.',
    ];
    expect(explainFailure(thrown, log, 'load').elaborate).toBe(
      "LiteRT says: Didn't find op for builtin opcode 'SOFTMAX' version '9'. Registration failed.",
    );
  });

  it('says what was thrown when there is nothing else, and no more than can be read', () => {
    expect(explainFailure(new Error('ERROR: [a.cc:1]'), [], 'load').elaborate).toBe(
      'LiteRT says: ERROR: [a.cc:1]',
    );
    const long = explainFailure(new Error('x'.repeat(1e5)), [], 'load');
    expect(long.message.length).toBeLessThan(2_000);
  });

  it('leaves errors for readers as they are', () => {
    const error = new ReaderError({ code: 'a', explain: 'b' });
    expect(explainFailure(error, ['ERROR: c'], 'run')).toBe(error);
  });

  it('takes traps alone for fatal', () => {
    expect(isFatal(new RuntimeError('unreachable'))).toBe(true);
    expect(isFatal(new Error('no'))).toBe(false);
    expect(isFatal('unreachable')).toBe(false);
  });
});

describe('LiteRtLog', () => {
  it('gives what came since it was asked, cut short', () => {
    const log = new LiteRtLog();
    log.add('a');
    log.add({ toString: () => 'x'.repeat(1e4) });
    expect(log.take().map(({ length }) => length)).toEqual([1, 500]);
    expect(log.take()).toEqual([]);
    for (let i = 0; i < 1_000; i++) log.add(i);
    expect(log.take()).toHaveLength(200);
  });
});
