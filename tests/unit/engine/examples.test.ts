import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as publicFace from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentedExports, expectedLines } from './extract-examples.ts';
import { runExamples, type ExampleRun } from './run-examples.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const files = globSync(['src/engine/**/*.ts', 'src/shared/**/*.ts'], { cwd: root }).sort();
const exports = files.flatMap((file) =>
  documentedExports(`${root}${file}`).map((found) => ({ ...found, file })),
);
const publicExports = exports.filter(({ internal }) => !internal);
const examples = publicExports.flatMap(({ name, file, examples: codes }) =>
  codes.map((code) => ({ name, file, code })),
);

/** Everything a reader can call: functions of the face itself and of its namespaces, but TensorFlow.js. */
const reachable = Object.entries(publicFace)
  .filter(([name]) => name !== 'tf')
  .flatMap(([name, value]) =>
    typeof value === 'function'
      ? [name]
      : Object.entries(value)
          .filter(([, member]) => typeof member === 'function')
          .map(([member]) => member),
  );

describe('docstrings', () => {
  it('are found for everything a reader can call', () => {
    console.log(`examples: ${files.length} files, ${publicExports.length} public exports`);
    expect(reachable.length).toBeGreaterThan(0);
    expect(publicExports.map(({ name }) => name)).toEqual(expect.arrayContaining(reachable));
  });

  it('mark nothing as internal that a reader can call', () => {
    const internal = exports.filter((found) => found.internal).map(({ name }) => name);
    expect(reachable.filter((name) => internal.includes(name))).toEqual([]);
  });

  describe.each(publicExports)('$file: $name', ({ file, tags, examples: codes }) => {
    it('has an example that says what it prints', () => {
      expect(codes.length).toBeGreaterThan(0);
      for (const code of codes) {
        expect(expectedLines(code).length).toBeGreaterThan(0);
        expect(expectedLines(code)).not.toContain(undefined);
      }
    });

    if (!file.startsWith('src/engine/')) return;
    it('says what came in and names its source', () => {
      expect(tags).toEqual(expect.arrayContaining(['param', 'see']));
    });
  });
});

describe('examples', () => {
  let runs: ExampleRun[] = [];
  beforeAll(() => {
    runs = runExamples(examples.map(({ code }) => code));
    console.log(`examples: ${runs.length} run`);
  });

  it('are there', () => {
    expect(examples.length).toBeGreaterThan(0);
    expect(runs).toHaveLength(examples.length);
  });

  it.each(examples.map((example, index) => ({ ...example, index })))(
    '$file: $name prints what it says',
    ({ code, index }) => {
      expect(runs[index]!.error).toBeUndefined();
      expect(runs[index]!.lines).toEqual(expectedLines(code));
    },
  );
});
