import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookSandbox } from '../../src/build/book-sandbox.ts';
import type { NodeSandbox } from '../../src/runtime/node-session.ts';
import { cellPath, sectionSources } from '../../src/build/section-sources.ts';
import { FIRST_CASES } from '../support/first-cases.ts';

const codeOf = (chapter: string, id: string): string =>
  readFileSync(cellPath(chapter, `${id}.ts`), 'utf8');

const sections = sectionSources().flatMap(({ chapter, slug, uses }) => {
  const cells = uses.flatMap(({ tag, attributes }) =>
    tag === 'Cell' ? [attributes['id'] ?? ''] : [],
  );
  const trials = cells.filter((id) => codeOf(chapter, id).includes('openTrial('));
  return trials.map((id) => ({ id, chapter, slug, before: cells.slice(0, cells.indexOf(id)) }));
});

let sandbox: NodeSandbox;

beforeAll(async () => {
  sandbox = await openBookSandbox();
}, 240_000);

afterAll(() => sandbox.dispose());

// cells.test.ts runs every cell in one case; what a reader measures differs with the case.
describe.each(sections)('the cell $id of $chapter/$slug', ({ id, chapter, slug, before }) => {
  const run = (cell: string, caseNumber: number) =>
    sandbox.runCell({
      cell,
      section: `${chapter}/${slug}/${id}`,
      code: codeOf(chapter, cell),
      seed: 1,
      caseNumber,
      limitMs: 120_000,
    });

  it.each(FIRST_CASES)(
    'can be run in a case of $sabotage',
    async ({ caseNumber }) => {
      let { outcome, outputs } = await run(id, caseNumber);
      if (outcome.error && before.length > 0) {
        // It uses what earlier cells define.
        for (const cell of before) await run(cell, caseNumber);
        ({ outcome, outputs } = await run(id, caseNumber));
      }
      expect(outcome.error).toBeUndefined();
      expect(JSON.stringify(outputs)).not.toMatch(/\bNaN\b|undefined/);
      expect(outputs.length).toBeGreaterThan(0);
    },
    240_000,
  );
});
