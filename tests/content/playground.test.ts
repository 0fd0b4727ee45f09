import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookSandbox } from '../../src/build/book-sandbox.ts';
import { playgroundStarts } from '../../src/build/playground-starts.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import type { NodeSandbox } from '../../src/runtime/node-session.ts';

const starts = playgroundStarts();
let sandbox: NodeSandbox;

beforeAll(async () => {
  sandbox = await openBookSandbox();
}, 240_000);

afterAll(() => sandbox.dispose());

describe('what the playground can begin with', () => {
  it('is a few texts, and no file is left out', async () => {
    expect(starts.length).toBeGreaterThanOrEqual(4);
    const files = await readdir(join(projectRoot, 'content', 'playground'));
    expect(files.filter((file) => file.endsWith('.ts')).sort()).toEqual(
      starts.map(({ id }) => `${id}.ts`).sort(),
    );
  });

  it.each(starts)('$id opens the files it says', ({ code, files }) => {
    const opened = [...code.matchAll(/open(?:Model|Dataset)\('([^']+)'/g)].map(([, name]) => name);
    expect([...new Set(opened)].sort()).toEqual([...files].sort());
  });

  it.each(starts)('$id runs and shows something', async (start) => {
    const { outcome, outputs } = await sandbox.runCell({
      cell: 'playground',
      section: `playground-${start.id}`,
      code: start.code,
      seed: 1895,
      caseNumber: 1,
      limitMs: 60_000,
    });
    expect(outcome.error).toBeUndefined();
    expect(outcome.status).toBe('finished');
    const tables = outputs.filter((item) => item.kind === 'table');
    expect(tables.length).toBeGreaterThan(0);
    for (const { rows } of tables) {
      expect(rows.length).toBeGreaterThan(2);
      for (const cell of rows.flat()) expect(String(cell)).not.toMatch(/NaN|undefined|Infinity/);
    }
    for (const item of outputs) {
      if (item.kind === 'console') expect(item.text).not.toMatch(/NaN|undefined|\[object/);
    }
  });
});
