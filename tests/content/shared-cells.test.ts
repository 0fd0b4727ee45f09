import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookSandbox } from '../../src/build/book-sandbox.ts';
import { cellPath, sectionSources } from '../../src/build/section-sources.ts';
import { topLevelNames } from '../../src/components/Editor/top-level-names.ts';
import { shareFragment } from '../../src/components/Share/share-code.ts';
import { withAbove } from '../../src/components/Share/with-above.ts';
import type { NodeSandbox } from '../../src/runtime/node-session.ts';

/** What the playground allows a run. */
const LIMIT_MS = 120_000;

/** The cells that build on others, and for those the code of their links. */
const shared = sectionSources().flatMap(({ chapter, uses }) => {
  const codes = uses
    .filter(({ tag }) => tag === 'Cell')
    .map(({ attributes, at }) => ({
      id: attributes['id'] ?? '',
      at,
      code: readFileSync(cellPath(chapter, `${attributes['id']}.ts`), 'utf8').trimEnd(),
    }));
  return codes.map(({ id, at, code }, index) => {
    const above = codes.slice(0, index).map((cell) => cell.code);
    // Called or read in the cell, and defined above it: `name(` or `name.`.
    const names = above
      .flatMap((each) => topLevelNames(each).values)
      .filter((name) => new RegExp(`(?<![\\w.'])${name}[(.]`).test(code));
    return { id, at, code, names, alone: withAbove(above, code) };
  });
});
const building = shared.filter(({ code, alone }) => code !== alone);

let sandbox: NodeSandbox;
beforeAll(async () => {
  sandbox = await openBookSandbox();
}, 240_000);
afterAll(() => sandbox.dispose());

describe('the link of a cell', () => {
  it('can be made of every cell of the book, and some of them build on others', () => {
    for (const { alone } of shared) expect(shareFragment(alone)).toMatch(/^code=a/);
    expect(building.length).toBeGreaterThan(1);
    expect(building.length).toBeLessThan(shared.length);
  });

  it.each(building)('$id is a whole program ($at)', async ({ alone, names }) => {
    // It refuses a name that is declared twice.
    await transform(alone, { loader: 'ts', format: 'esm', target: 'esnext' });
    const own = topLevelNames(alone);
    expect(names.filter((name) => !own.values.includes(name))).toEqual([]);
  });

  // All would take as long as the cells themselves, which cells.test.ts runs.
  const some = building.filter((_, index) => index % 5 === 1);
  it.each(some)('$id runs alone ($at)', async ({ id, alone }) => {
    const { outcome } = await sandbox.runCell({
      cell: 'playground',
      section: `alone-${id}`,
      code: alone,
      seed: 1895,
      caseNumber: 1,
      limitMs: LIMIT_MS,
    });
    expect(outcome.error, alone).toBeUndefined();
    expect(outcome.status).toBe('finished');
  });
});
