import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { readCounterparts } from '../../src/build/counterparts.ts';
import { pythonNames } from '../../src/exercises/python-names.ts';
import { knownPythonNames } from '../../scripts/verify-exercises/book-index.ts';
import { compilePython, hasPython } from '../../scripts/verify-exercises/compile-python.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const content = join(root, 'content');
const files = (await readdir(content, { recursive: true }))
  .filter((file) => file.endsWith('.py'))
  .sort();
const known = await knownPythonNames(root);
const python = await hasPython();
if (!python)
  console.log('skipped: no python3 on this machine, so the Python twins are not compiled');

describe('the Python twins', () => {
  test('there are some', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  test.for(files)('%s uses only names that are listed with their source', async (file) => {
    const names = pythonNames(await readFile(join(content, file), 'utf8'));
    const unknown = names.filter(({ name }) => !known.has(name));
    expect(unknown, 'names to add to content/python-names.yaml, or to correct').toEqual([]);
  });

  test.skipIf(!python).for(files)('%s compiles', async (file) => {
    expect(await compilePython(join(content, file))).toBeUndefined();
  });

  test('no listed name is doubled or unused', async () => {
    const listed = parse(await readFile(join(content, 'python-names.yaml'), 'utf8')) as {
      name: string;
    }[];
    const names = listed.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const texts = await Promise.all(files.map((file) => readFile(join(content, file), 'utf8')));
    const used = new Set([
      ...texts.flatMap(pythonNames).map(({ name }) => name),
      ...readCounterparts().flatMap(({ value }) => value.rows.map(({ python: name }) => name)),
    ]);
    expect(names.filter((name) => !used.has(name))).toEqual([]);
  });
});
