import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { compileModule } from '../../../src/runtime/realm/compile.ts';
import { evaluateModule } from '../../../src/runtime/realm/evaluate.ts';
import { explainError } from '../../../src/runtime/realm/explain-error.ts';
import type { SectionScope } from '../../../src/runtime/realm/section-scope.ts';
import type { ReaderErrorData } from '../../../src/shared/reader-error.ts';

const modules = {
  'heavy-weights': { numerics: { quantize: (x: number) => x * 2, mse: () => 0 } },
  '@tensorflow/tfjs': { tensor: () => 't' },
};
const evaluateScript = (text: string, url: string): unknown =>
  new vm.Script(text, { filename: url }).runInThisContext();

class Notebook {
  scope: SectionScope = new Map();
  shown: unknown[] = [];

  run(code: string, name = 'cell'): Promise<Record<string, unknown>> {
    return evaluateModule(compileModule(code, { showLast: true }), {
      name,
      modules,
      evaluateScript,
      scope: this.scope,
      onLast: (value) => this.shown.push(value),
    });
  }

  async error(code: string, name = 'cell'): Promise<ReaderErrorData> {
    try {
      await this.run(code, name);
    } catch (thrown) {
      return explainError(thrown, { name, modules, known: this.scope.keys() });
    }
    throw new Error(`no error from: ${code}`);
  }
}

describe('cells of one section', () => {
  test('share definitions and imports, whether or not the first cell used them', async () => {
    const book = new Notebook();
    await book.run(
      "import { numerics } from 'heavy-weights';\nconst base: number = 20;\nfunction twice(x: number) { return numerics.quantize(x); }",
    );
    await book.run('twice(base) + numerics.quantize(1)');
    expect(book.shown).toEqual([42]);
  });

  test('see assignments to each other’s variables, both ways', async () => {
    const book = new Notebook();
    await book.run(
      'let count = 0;\nconst bump = () => { count += 1; };\nconst read = () => count;',
    );
    await book.run('bump();\ncount += 10;\nbump();');
    await book.run('read() === count && count');
    expect(book.shown.at(-1)).toBe(12);
  });

  test('can be run again, and can define a name anew', async () => {
    const book = new Notebook();
    await book.run('const x = 1;');
    await book.run('const x = 2;');
    await book.run('x');
    await book.run("const x = 'three'; const Math = { max: () => 'mine' }; let y = 1;");
    await book.run('y = 5; x + Math.max()');
    expect(book.shown).toEqual([2, 'threemine']);
  });

  test('keep what was defined before an error, and name what was not reached', async () => {
    const book = new Notebook();
    await book.error("const early = 1;\nthrow new Error('halfway');\nconst late = 2;");
    await book.run('early');
    expect(book.shown).toEqual([1]);
    expect(await book.error('late')).toMatchObject({
      code: 'used-too-early',
      explain: expect.stringContaining('`late`'),
    });
  });

  test('a const stays constant across cells', async () => {
    const book = new Notebook();
    await book.run('const fixed = 1; let other = 2;');
    await book.error('other; fixed = 3;');
    await book.run('fixed');
    expect(book.shown).toEqual([1]);
  });

  test('await at the top level, and a promise as last value', async () => {
    const book = new Notebook();
    await book.run('const x = await Promise.resolve(3);\nPromise.resolve(x + 1)');
    expect(book.shown).toEqual([4]);
  });
});

describe('imports', () => {
  test('unknown module, unknown export, default: each says what there is', async () => {
    const book = new Notebook();
    expect(await book.error("\nimport x from 'heavy-weight';")).toMatchObject({
      code: 'unknown-module',
      hint: "Did you mean 'heavy-weights'?",
      location: { line: 2 },
    });
    expect(await book.error("import { numeric } from 'heavy-weights';\nnumeric;")).toMatchObject({
      code: 'unknown-export',
      hint: 'Did you mean `numerics`?',
      location: { line: 1 },
    });
    expect(await book.error("import tf from '@tensorflow/tfjs';\ntf;")).toMatchObject({
      explain: "'@tensorflow/tfjs' has no default export.",
      hint: "Import it like this: import * as tf from '@tensorflow/tfjs'.",
    });
    expect(await book.error("import 'left-pad';")).toMatchObject({ code: 'unknown-module' });
    expect(await book.error("await import('left-pad')")).toMatchObject({ code: 'unknown-module' });
  });

  test('a name used as a type only need not exist', async () => {
    const book = new Notebook();
    await book.run(
      "import { Params } from 'heavy-weights';\nconst p: Params | undefined = undefined;",
    );
  });

  test('import() gives the module', async () => {
    const book = new Notebook();
    await book.run("(await import('heavy-weights')).numerics.quantize(4)");
    expect(book.shown).toEqual([8]);
  });
});

describe('memory', () => {
  test.each(['new Float64Array(2 ** 28)', 'new ArrayBuffer(2 ** 31)', 'new Uint8Array(2 ** 31)'])(
    '%s is refused with a clear word at its line',
    async (code) => {
      expect(await new Notebook().error(`\n\n${code}`)).toMatchObject({
        code: 'out-of-memory',
        location: { line: 3 },
      });
    },
  );

  test('arrays of every ordinary kind still work', async () => {
    const book = new Notebook();
    await book.run(
      '[new Float32Array(3), Float32Array.from([1, 2]), new Uint8Array([1]), new Int8Array(new ArrayBuffer(4))].map((a) => a.length + (a instanceof Float32Array ? 10 : 0))',
    );
    expect(book.shown).toEqual([[13, 12, 1, 4]]);
  });
});

describe('errors', () => {
  test.each([
    ['const a: any = undefined;\n\n  a.shape', 'undefined-value', { line: 3, column: 5 }],
    ['const f = (): number => 1 + f();\n\nf();', 'endless-recursion', { line: 1 }],
    ['\nquantse(1)', 'not-defined', { line: 2, column: 1 }],
    ['let x: number = 1;\n(x as any)()', 'not-a-function', { line: 2 }],
    ['const c: number = 1;\n\n(c as any) = 2;', 'constant-assigned', { line: 3 }],
    ['const [a] = 5 as any;', 'not-iterable', { line: 1 }],
    ['new Array(-1)', 'invalid-length', { line: 1 }],
    [
      'async function go(): Promise<void> {\n  await null;\n  throw new Error("deep");\n}\nawait go();',
      'error',
      { line: 3 },
    ],
    ['[3, 1].sort(() => { throw new TypeError("inner"); })', 'error', { line: 1 }],
  ])('%j', async (code, expected, location) => {
    const error = await new Notebook().error(code);
    expect(error.code).toBe(expected);
    expect(error.location).toMatchObject(location);
  });

  test('a misspelt function of the engine is named', async () => {
    const error = await new Notebook().error(
      "import { numerics } from 'heavy-weights';\nnumerics.quantise(1);",
    );
    expect(error.hint).toBe('Did you mean `numerics.quantize`?');
  });

  test('a name that only needs importing says how', async () => {
    expect((await new Notebook().error('numerics.mse()')).hint).toBe(
      "If a cell above imports it, run that cell; otherwise import it here: import { numerics } from 'heavy-weights'.",
    );
    expect((await new Notebook().error('tf.tensor([1])')).hint).toBe(
      "If a cell above imports it, run that cell; otherwise import it here: import * as tf from '@tensorflow/tfjs'.",
    );
  });

  test('an error inside an earlier cell’s function shows the line of the running cell', async () => {
    const book = new Notebook();
    await book.run('\n\n\nfunction fail() {\n  throw new Error("from the first");\n}', 'first');
    expect((await book.error('const x = 1;\nfail();', 'second')).location?.line).toBe(2);
  });

  test.each([
    ['null', 'null'],
    ['undefined', 'undefined'],
    ["Symbol('s')", 'Symbol(s)'],
    ["'text'", "'text'"],
    ['{ a: 1 }', '{ a: 1 }'],
    ['{ toString() { throw 1; }, get a() { throw 2; } }', '[throws when read]'],
    [
      'new Proxy({}, { get() { throw 1; }, ownKeys() { throw 1; }, getPrototypeOf() { throw 1; } })',
      '',
    ],
  ])('throw %s ends in words', async (thrown, named) => {
    const error = await new Notebook().error(`throw (${thrown});`);
    expect(error.code).toBe('thrown-value');
    expect(error.explain).toContain(named);
  });

  test('an error whose message and stack are traps ends in words', async () => {
    const error = await new Notebook().error(
      'class Trap extends Error { get message(): string { throw 1; } get stack(): string { throw 2; } }\nthrow new Trap();',
    );
    expect(error.explain).not.toBe('');
  });
});

describe('stack formats of other browsers', () => {
  test.each([
    ['Firefox', (url: string) => `f@${url}:3:5\nasync*@${url}:9:1`],
    ['Safari', (url: string) => `f@${url}:3:5\nmodule code@[native code]`],
    ['Chromium', (url: string) => `Error: x\n    at f (${url}:3:5)\n    at async ${url}:9:1`],
    ['Chromium, blob', (url: string) => `Error: x\n    at f (blob:null/${url}:3:5)`],
  ])('%s', async (_, stackOf) => {
    const book = new Notebook();
    await book.run('const stack = new Error("here").stack;\nstack');
    const url = /book-\d+-cell/.exec(String(book.shown[0]))![0];
    const error = new Error('x');
    error.stack = stackOf(url);
    expect(explainError(error, { name: 'cell', modules, known: [] }).location?.line).toBe(2);
  });
});
