import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readInputs } from '../../../../scripts/grade/read-inputs.ts';
import { codeOf } from '../example-assignment.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inputs-'));
  await mkdir(join(folder, 'in', 'bad'), { recursive: true });
  await mkdir(join(folder, 'out'));
  await writeFile(join(folder, 'in', 'ann.json'), 'Ann');
  await writeFile(join(folder, 'out', 'secret.json'), 'secret');
  await symlink(join(folder, 'in', 'ann.json'), join(folder, 'in', 'bad', 'x.json'));
  await symlink(join(folder, 'out'), join(folder, 'in', 'bad', 'more'));
  await symlink(join(folder, 'none'), join(folder, 'in', 'bad', 'broken'));
  await symlink(join(folder, 'in'), join(folder, 'linked'));
});
afterAll(() => rm(folder, { recursive: true }));

it('reads a folder, and leaves out what a link in it points at', async () => {
  const { files, links } = await readInputs([join(folder, 'in')]);
  expect(files.map(({ path }) => path)).toEqual(['ann.json']);
  expect(links).toBe(3);
});

it('follows a link that was named itself', async () => {
  const { files } = await readInputs([join(folder, 'linked'), join(folder, 'out')]);
  expect(files.map(({ path }) => path)).toEqual(['linked/ann.json', 'out/secret.json']);
  expect(await codeOf(() => readInputs([join(folder, 'none')]))).toBe('hand-ins-missing');
});
