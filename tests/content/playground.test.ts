import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookCatalogue } from '../../src/build/catalogue.ts';
import { dataFiles } from '../../src/build/mnist-files.ts';
import { playgroundStarts } from '../../src/build/playground-starts.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import { bookFilesOnDisk } from '../../src/runtime/node/book-files-on-disk.ts';
import { createNodeSandbox, type NodeSandbox } from '../../src/runtime/node-session.ts';

const starts = playgroundStarts();
let sandbox: NodeSandbox;

beforeAll(async () => {
  const data = dataFiles();
  const read = async (url: string): Promise<Uint8Array> =>
    data.get(url) ?? new Uint8Array(await readFile(join(projectRoot, 'public', url)));
  sandbox = await createNodeSandbox({ files: bookFilesOnDisk(bookCatalogue(), read) });
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
