import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileModule } from '../../../src/runtime/realm/compile.ts';
import { Refused, readAnswer, readMessage, readReport } from '../../../src/runtime/validate.ts';
import type { PeerAnswer } from '../../../src/runtime/realm/peer-port.ts';
import type { FromRealm } from '../../../src/runtime/wire.ts';

const error = {
  code: 'x',
  explain: 'e',
  elaborate: 'f',
  hint: 'h',
  location: { line: 1, column: 2 },
};

const messages: FromRealm[] = [
  { type: 'ready', backend: 'wasm', note: 'n' },
  {
    type: 'output',
    run: 1,
    items: [
      { kind: 'console', level: 'warn', text: '<img onerror=alert(1)>' },
      {
        kind: 'table',
        title: 't',
        columns: ['a', 'b'],
        rows: [
          [1, 'x'],
          [null, true],
        ],
        omittedRows: 3,
      },
      {
        kind: 'plot',
        plot: 'line',
        title: 't',
        xLabel: 'x',
        yLabel: 'y',
        series: [{ name: 's', x: [0, 1], y: [NaN, 2] }],
      },
      { kind: 'plot', plot: 'histogram', series: [{ name: '', x: [0, 1, 2], y: [5, 6] }] },
      {
        kind: 'tensor',
        shape: [2, 2],
        dtype: 'float32',
        rows: 2,
        cols: 2,
        values: new Float32Array(4),
        min: 0,
        max: 1,
        mean: 0.5,
      },
      { kind: 'image', width: 2, height: 1, pixels: new Uint8ClampedArray(8) },
      { kind: 'file', name: 'lenet-5_final.v2.tflite', bytes: new Uint8Array([1, 2, 3]) },
    ],
  },
  { type: 'omitted', run: 1, lines: 5, items: 0 },
  { type: 'progress', run: 1, progress: { done: 1, total: 2, label: 'l' } },
  { type: 'file', run: 1, request: 2, name: 'mnist-test', part: 0 },
  {
    type: 'compiled',
    run: 1,
    module: compileModule(
      "import { a as b } from 'm';\nimport 'n';\nexport let c: number = b;\nexport default c;",
      { showLast: false },
    ),
  },
  { type: 'refused', run: 1, error },
  { type: 'doing', run: 1, name: 'f' },
  { type: 'doing', run: 1 },
  { type: 'done', run: 1, exports: ['a'], error },
  { type: 'done', run: 1, value: { any: 'thing' } },
  { type: 'pong', ping: 3 },
];

const fileMessage = (name: unknown, bytes = new Uint8Array(4)) => ({
  type: 'output',
  run: 1,
  items: [{ kind: 'file', name, bytes }],
});

describe('a file that a program offers', () => {
  test.each([
    '',
    'model',
    '.tflite',
    '.hidden.tflite',
    'setup.exe',
    'page.html',
    'picture.svg',
    'script.js',
    'archive.zip',
    'model.tflite.exe',
    'model.tflite.',
    'model..tflite',
    '../model.tflite',
    'folder/model.tflite',
    'folder\\model.tflite',
    'C:model.tflite',
    'my model.tflite',
    'model\u202eetilft.bin',
    'mod\u0000el.tflite',
    'modèle.tflite',
    'model.tflite\n',
    `${'x'.repeat(80)}.tflite`,
    null,
    ['model.tflite'],
    { toString: () => 'model.tflite' },
  ])('is refused by the name %j', (name) => {
    expect(() => readMessage(fileMessage(name))).toThrow(Refused);
  });

  test.each(['model.tflite', 'final_model.h5', 'A-1.KERAS', 'log.2.csv', `${'x'.repeat(76)}.bin`])(
    'is taken by the name %s',
    (name) => {
      expect(readMessage(fileMessage(name))).toMatchObject({ items: [{ kind: 'file', name }] });
    },
  );

  test('keeps its own bytes and not the buffer they came in', () => {
    const bytes = new Uint8Array(1000).subarray(10, 14).fill(7);
    const message = readMessage(fileMessage('a.bin', bytes)) as Extract<
      FromRealm,
      { type: 'output' }
    >;
    const [item] = message.items;
    if (item?.kind !== 'file') throw new Error('no file came out');
    expect([...item.bytes]).toEqual([7, 7, 7, 7]);
    expect(item.bytes.buffer.byteLength).toBe(4);
  });
});

describe('readMessage', () => {
  test.each(messages.map((message) => [message.type, message] as const))(
    'takes a true %s',
    (_, message) => {
      expect(readMessage(structuredClone(message))).toEqual(message);
    },
  );

  test('refuses every message with one field of a wrong type', () => {
    let refused = 0;
    for (const message of messages.filter(({ type }) => type !== 'done')) {
      for (const key of Object.keys(message).filter((name) => !['value', 'args'].includes(name))) {
        for (const wrong of [
          null,
          -1,
          1.5,
          'word',
          Symbol('s'),
          () => 1,
          [message],
          { length: 1e9 },
        ]) {
          const given = (message as unknown as Record<string, unknown>)[key];
          if (typeof given === typeof wrong && typeof given === 'string') continue;
          expect(
            () => readMessage({ ...message, [key]: wrong }),
            `${message.type}.${key} = ${String(wrong)}`,
          ).toThrow(Refused);
          refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  test.each([
    ['prototype pollution', JSON.parse('{"type":"pong","ping":1,"__proto__":{"run":1}}')],
    ['an inherited field', Object.create({ type: 'pong', ping: 1 })],
    [
      'a class instance',
      new (class {
        type = 'pong';
        ping = 1;
      })(),
    ],
    [
      'a long line',
      {
        type: 'output',
        run: 1,
        items: [{ kind: 'console', level: 'log', text: 'x'.repeat(20_000) }],
      },
    ],
    [
      'a table of a million rows',
      {
        type: 'output',
        run: 1,
        items: [{ kind: 'table', columns: [], rows: new Array(1e6).fill([]) }],
      },
    ],
    [
      'rows longer than columns',
      { type: 'output', run: 1, items: [{ kind: 'table', columns: ['a'], rows: [[1, 2]] }] },
    ],
    [
      'pixels that do not fit',
      {
        type: 'output',
        run: 1,
        items: [{ kind: 'image', width: 100, height: 100, pixels: new Uint8ClampedArray(4) }],
      },
    ],
    [
      'an image of an image bomb’s size',
      {
        type: 'output',
        run: 1,
        items: [{ kind: 'image', width: 1e5, height: 1e5, pixels: new Uint8ClampedArray(4) }],
      },
    ],
    [
      'a tensor with a getter for its rows',
      {
        type: 'output',
        run: 1,
        items: [
          Object.defineProperty(
            {
              kind: 'tensor',
              shape: [1],
              dtype: 'f',
              cols: 1,
              values: new Float32Array(1),
              min: 0,
              max: 0,
              mean: 0,
            },
            'rows',
            { enumerable: true, get: () => 1 },
          ),
        ],
      },
    ],
    [
      'a file of more bytes than the page keeps',
      {
        type: 'output',
        run: 1,
        items: [{ kind: 'file', name: 'a.bin', bytes: new Uint8Array(16 * 1024 * 1024 + 1) }],
      },
    ],
    [
      'a file of text for bytes',
      { type: 'output', run: 1, items: [{ kind: 'file', name: 'a.txt', bytes: 'text' }] },
    ],
    ['a sparse list', { type: 'output', run: 1, items: new Array(3) }],
    [
      'progress beyond its total',
      { type: 'progress', run: 1, progress: { done: 3, total: 2, label: '' } },
    ],
    [
      'a module with a text that is none',
      {
        type: 'compiled',
        run: 1,
        module: { ...compileModule('f()', { showLast: false }), body: ['f()'] },
      },
    ],
    [
      'a module with a flag that is none',
      {
        type: 'compiled',
        run: 1,
        module: {
          ...compileModule('f()', { showLast: false }),
          declared: [{ name: 'f', live: 1 }],
        },
      },
    ],
  ])('refuses %s', (what, message) => {
    if (what === 'prototype pollution') {
      expect(readMessage(message)).toStrictEqual({ type: 'pong', ping: 1 });
      expect(({} as { run?: number }).run).toBeUndefined();
    } else {
      expect(() => readMessage(message)).toThrow(Refused);
    }
  });

  const answers: PeerAnswer[] = [
    { call: 1, result: { ok: true, value: { kind: 'object', entries: [['a', -0]] } } },
    { call: 1, result: { ok: false, error } },
  ];
  test.each(answers)('takes an answer as it is', (answer) => {
    expect(readAnswer(answer)).toStrictEqual(answer);
  });

  test.each([
    ['nothing', undefined],
    ['a number for an answer', 3],
    ['an answer to no call', { result: { ok: true, value: 1 } }],
    ['an answer without a result', { call: 1 }],
    [
      'a tensor whose size is not its shape’s',
      {
        call: 1,
        result: {
          ok: true,
          value: { kind: 'tensor', dtype: 'float32', shape: [1e9], values: new Float32Array(1) },
        },
      },
    ],
    ['an unknown kind of value', { call: 1, result: { ok: true, value: { kind: 'function' } } }],
    ['a Map for a value', { call: 1, result: { ok: true, value: new Map() } }],
  ])('refuses %s', (_, answer) => {
    expect(() => readAnswer(answer)).toThrow(Refused);
  });

  test('whatever comes, it is either taken or refused', () => {
    fc.assert(
      fc.property(
        fc.anything({ withTypedArray: true, withMap: true, withSet: true }),
        fc.constantFrom(...messages),
        fc.string(),
        (value, message, key) => {
          for (const given of [
            value,
            { ...message, [key]: value },
            { type: message.type, ...(typeof value === 'object' ? value : {}) },
          ]) {
            try {
              readMessage(given);
            } catch (thrown) {
              if (!(thrown instanceof Refused)) throw thrown;
            }
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('readReport', () => {
  const report = {
    passed: true,
    results: [{ id: 'a', name: 'A', status: 'passed' }],
    seed: 1,
    elapsedMs: 2,
  };

  test('does not take a realm’s word for a pass', () => {
    expect(readReport(report).passed).toBe(true);
    expect(readReport({ ...report, results: [] }).passed).toBe(false);
    expect(
      readReport({ ...report, results: [{ id: 'a', name: 'A', status: 'failed' }] }).passed,
    ).toBe(false);
    expect(readReport({ ...report, error }).passed).toBe(false);
  });

  test.each([
    null,
    'passed',
    { passed: true },
    { ...report, results: [{ id: 'a', name: 'A', status: 'great' }] },
  ])('refuses %j', (value) => {
    expect(() => readReport(value)).toThrow(Refused);
  });
});
