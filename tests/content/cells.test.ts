import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookSandbox } from '../../src/build/book-sandbox.ts';
import { cellPath, sectionSources } from '../../src/build/section-sources.ts';
import type { NodeSandbox } from '../../src/runtime/node-session.ts';
import type { OutputItem } from '../../src/runtime/protocol.ts';

/** Limit of a cell in seconds where the page says none. */
const USUAL_LIMIT = 20;

let sandbox: NodeSandbox;

beforeAll(async () => {
  sandbox = await openBookSandbox();
}, 240_000);

afterAll(() => sandbox.dispose());

const outputsOf = new Map<string, OutputItem[]>();

describe.each(sectionSources())('the cells of $chapter/$slug', ({ chapter, slug, uses }) => {
  const cells = uses.filter(({ tag }) => tag === 'Cell');
  const limitMs = (text: string): number =>
    1_000 * Number(/limit=\{(\d+)\}/.exec(text)?.[1] ?? USUAL_LIMIT);
  // The sandbox ends a cell at its own limit; the test must still be there to hear of it.
  const slowest = Math.max(60_000, ...cells.map(({ text }) => limitMs(text) + 10_000));

  it('has at least one', () => {
    expect(cells.length).toBeGreaterThan(0);
  });

  it.each(cells)(
    '$attributes.id runs and shows something ($at)',
    async ({ attributes, text }) => {
      const id = attributes['id'] ?? '';
      const { outcome, outputs } = await sandbox.runCell({
        cell: id,
        section: `${chapter}/${slug}`,
        code: readFileSync(cellPath(chapter, `${id}.ts`), 'utf8'),
        seed: 1,
        caseNumber: 1,
        limitMs: limitMs(text),
      });
      expect(outcome.error).toBeUndefined();
      expect(outcome.status).toBe('finished');
      expect(
        outputs.filter((item) => item.kind !== 'console' || item.level === 'log'),
      ).not.toHaveLength(0);
      // No cell of the book prints a NaN, an undefined or an empty table at its reader.
      for (const item of outputs) {
        if (item.kind === 'console')
          expect(item.text).not.toMatch(/NaN|undefined|Infinity|\[object/);
        if (item.kind === 'table') {
          expect(item.rows.length).toBeGreaterThan(0);
          for (const cell of item.rows.flat())
            expect(String(cell)).not.toMatch(/NaN|undefined|Infinity/);
        }
      }
      outputsOf.set(id, outputs);
    },
    slowest,
  );
});

describe('what the cells show agrees with what the prose says', () => {
  const textOf = (id: string): string =>
    (outputsOf.get(id) ?? []).map((item) => (item.kind === 'console' ? item.text : '')).join('\n');

  it('weighs the model as the prose does', () => {
    expect(textOf('weigh-the-model')).toContain('266,610 parameters, 1,066,440 bytes');
    expect(textOf('weigh-the-model')).toContain('4.07 times too heavy');
  });

  it('finds the second line of the card to be half, and the others right', () => {
    const table = outputsOf.get('compare-the-card')?.find((item) => item.kind === 'table');
    const ratios = table?.rows.map((row) => Number(row[3]));
    expect(ratios?.map((ratio) => ratio.toFixed(2))).toEqual(['1.00', '2.00', '1.00']);
  });

  it('finds that int8 does not fit', () => {
    expect(textOf('does-it-fit')).toContain('It is 5708 bytes too many.');
  });

  it('clips as many weights with half the scale as the prose says', () => {
    expect(textOf('half-a-scale')).toContain('351 of 30000 weights');
  });
});
