import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openVerifyTools } from '../../scripts/verify-exercises/tools.ts';
import { listExercises, loadExercise } from '../../src/exercises/load.ts';
import { exerciseRules } from '../../src/exercises/verify.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = await listExercises(join(root, 'content/exercises'));
const tools = await openVerifyTools(root, folders);
if (!tools.hasPython)
  console.log('skipped: no python3 on this machine, so the Python twins are not compiled');
afterAll(() => tools.dispose());

test('there are exercises', () => {
  expect(folders.length).toBeGreaterThan(0);
});

describe.for(folders.map((folder) => [basename(folder), folder] as const))(
  'exercise %s',
  ([, folder]) => {
    test.concurrent.for(exerciseRules)(
      '$name',
      { timeout: 300_000 },
      async ({ find }, { expect: expectHere }) => {
        expectHere(await find(await loadExercise(folder), tools)).toEqual([]);
      },
    );
  },
);
