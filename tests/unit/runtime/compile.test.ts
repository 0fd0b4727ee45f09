import { describe, expect, test } from 'vitest';
import { columnOf } from '../../../src/runtime/realm/compiled-module.ts';
import { compileModule } from '../../../src/runtime/realm/compile.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';

function errorOf(code: string): ReaderError {
  try {
    compileModule(code, { showLast: true });
  } catch (error) {
    if (error instanceof ReaderError) return error;
    throw error;
  }
  throw new Error(`compiled: ${code}`);
}

describe('compileModule', () => {
  test('takes types away and keeps every line where it was', () => {
    const code =
      'interface Row {\n  bits: number;\n}\nconst rows: Row[] = [];\nfunction f<T>(x: T): T {\n  return x;\n}\n';
    const { body } = compileModule(code, { showLast: false });
    const lines = body.split('\n');
    expect(lines).toHaveLength(code.split('\n').length);
    expect(lines[3]).toBe('const rows = [];');
    expect(lines[5]).toBe('  return x;');
  });

  test('lists imports, and whether this text uses them', () => {
    const { imports, body } = compileModule(
      "import * as tf from '@tensorflow/tfjs';\nimport { numerics as n, type Params, Rng } from 'heavy-weights';\nconst q = (r: Rng) => n.mse([], []);",
      { showLast: false },
    );
    expect(imports).toEqual([
      { module: '@tensorflow/tfjs', imported: '*', local: 'tf', used: false, line: 1 },
      { module: 'heavy-weights', imported: 'numerics', local: 'n', used: true, line: 2 },
      { module: 'heavy-weights', imported: 'Rng', local: 'Rng', used: false, line: 2 },
    ]);
    expect(body).not.toContain('import');
  });

  test('reads exports of every form', () => {
    const { exports, declared } = compileModule(
      'export const a = 1, { b, c: [d] } = x;\nexport function f() {}\nexport class K {}\nconst g = 1;\nexport { g as h };\nexport default function () {}',
      { showLast: false },
    );
    expect(Object.fromEntries(exports.map(({ exported, local }) => [exported, local]))).toEqual({
      a: 'a',
      b: 'b',
      d: 'd',
      f: 'f',
      K: 'K',
      h: 'g',
      default: '__default',
    });
    expect(declared.map(({ name }) => name)).toEqual(['a', 'b', 'd', 'f', 'K', 'g', '__default']);
  });

  test('knows which top-level names can change', () => {
    const { declared } = compileModule(
      'let a; var b; const c = 1; for (var d of []) {} function e() { var f; }',
      {
        showLast: false,
      },
    );
    expect(declared.filter(({ live }) => live).map(({ name }) => name)).toEqual(['a', 'b', 'd']);
    expect(declared.map(({ name }) => name)).not.toContain('f');
  });

  test.each([
    ['1 + 1;', true],
    ['f(1)', true],
    ['x = 2;', false],
    ['x++;', false],
    ['const y = 1;', false],
    ["'use strict'", false],
  ])('shows the last value of %s: %s', (code, shown) => {
    expect(compileModule(code, { showLast: true }).body.includes('.last(')).toBe(shown);
    expect(compileModule(code, { showLast: false }).body).not.toContain('.last(');
  });

  test('finds the column of the reader through types and wrappers', () => {
    const code = 'const a: number = 1, b: string[] = boom();\n\nshow<number>(a, fail(b))';
    const compiled = compileModule(code, { showLast: true });
    const { body } = compiled;
    const lines = body.split('\n');
    expect(columnOf(compiled, 1, lines[0]!.indexOf('boom') + 1)).toBe(code.indexOf('boom') + 1);
    expect(columnOf(compiled, 3, lines[2]!.indexOf('fail') + 1)).toBe(
      'show<number>(a, '.length + 1,
    );
  });
});

describe('syntax errors', () => {
  test.each([
    ['const a = [1, 2;', { line: 1, column: 16 }, '`;` cannot stand here. `,` was expected.'],
    ['const a: = 3;', { line: 1, column: 10 }, '`=` cannot stand here.'],
    [
      'const ok = 1;\nconst a = {\n  b: 1,\n',
      { line: 2, column: 11 },
      'The code ends before the `{` of line 2 is closed.',
    ],
    [
      'function f( {\n  return 1;\n}',
      { line: 2, column: 10 },
      '`1` cannot stand here. `,` was expected.',
    ],
    [
      'const x = 1;\nconst x: number = 2;',
      { line: 2, column: 7 },
      "Identifier 'x' has already been declared.",
    ],
    ['1 +', { line: 1, column: 4 }, 'The code ends in the middle of a statement.'],
  ])('%j', (code, location, explain) => {
    const error = errorOf(code);
    expect(error.code).toBe('syntax-error');
    expect(error.explain).toBe(explain);
    expect(error.location).toEqual(location);
  });

  test.each(['export * from "x";', 'export { a } from "x";', 'import.meta.url', '\n\nimport.meta'])(
    '%j is refused by name',
    (code) => {
      expect(errorOf(code).explain).toContain(
        code.trim().startsWith('import') ? 'import.meta' : 'export',
      );
      expect(errorOf(code).location?.line).toBe(code.startsWith('\n') ? 3 : 1);
    },
  );

  test('code nested beyond all measure ends in an error, not in a crash', () => {
    const error = errorOf(`const a = ${'['.repeat(200_000)}`);
    expect(error.code).toBe('syntax-error');
  });
});
