import { describe, expect, it } from 'vitest';
import { aboveLibraries } from '../../../src/components/Editor/above-libraries.ts';
import { topLevelNames } from '../../../src/components/Editor/top-level-names.ts';

describe('topLevelNames', () => {
  it('finds every kind of declaration at the left edge', () => {
    const names = topLevelNames(
      [
        "import tf, { numerics as n, type Tensor } from 'heavy-weights';",
        "import type { Rng } from 'heavy-weights';",
        "import * as all from 'heavy-weights/book';",
        'const { images, labels: truth, ...rest } = await open();',
        'let [first, , third = 2] = list;',
        'export async function f() {',
        '  const inner = 1;',
        '}',
        'class Box {}',
        'interface Shape { a: number }',
        'type Pair = [number, number];',
        'const x: Map<string, number> = new Map();',
      ].join('\n'),
    );
    expect(names.values.toSorted()).toEqual(
      ['Box', 'all', 'f', 'first', 'images', 'n', 'rest', 'tf', 'third', 'truth', 'x'].toSorted(),
    );
    expect(names.types.toSorted()).toEqual(['Pair', 'Rng', 'Shape', 'Tensor']);
    expect(names.exported).toEqual(['f']);
  });

  it('finds nothing in text that defines nothing', () => {
    expect(topLevelNames('console.log("const a = 1");\n  let b = 2;')).toEqual({
      values: [],
      types: [],
      exported: [],
    });
  });
});

describe('aboveLibraries', () => {
  it('lets the last definition of a name stand', () => {
    const globals = aboveLibraries(['const a = 1;', "const a = 'text';\nexport const b = a;"]).at(
      -1,
    );
    expect(globals?.content).toContain("const a: typeof import('./cell-1').a;");
    expect(globals?.content).not.toContain("import('./cell-0').a");
    expect(globals?.content).toContain("const b: typeof import('./cell-1').b;");
  });

  it('exports what a cell does not export itself, once', () => {
    const [first] = aboveLibraries(['export const a = 1;\nconst b = 2;']);
    expect(first?.content).toBe('export const a = 1;\nconst b = 2;\nexport { b };\n');
  });
});
