/**
 * Verifies exercises: `npm run verify:exercises [slug…]`. Prints one line an exercise and every fault
 * found; exits 1 if there is any.
 */
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listExercises, loadExercise } from '../src/exercises/load.ts';
import { exerciseRules } from '../src/exercises/verify.ts';
import type { VerifyTools } from '../src/exercises/verify.ts';
import { mapConcurrently } from './verify-exercises/pool.ts';
import { openVerifyTools } from './verify-exercises/tools.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const all = await listExercises(join(root, 'content/exercises'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((slug) => !all.some((folder) => basename(folder) === slug));
if (unknown.length > 0) {
  console.error(
    `There is no exercise ${unknown.join(', ')}. There are: ${all.map((folder) => basename(folder)).join(', ')}.`,
  );
  process.exit(1);
}
const folders =
  wanted.length === 0 ? all : all.filter((folder) => wanted.includes(basename(folder)));
const startedAt = performance.now();
const tools = await openVerifyTools(root, folders);
if (!tools.hasPython)
  console.log('skipped: no python3 on this machine, so the Python twins are not compiled');

const verdicts = await mapConcurrently(folders, 2, async (folder) => {
  const began = performance.now();
  const { held, faults } = await verify(folder, tools);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const verdict = faults.length === 0 ? 'ok   ' : 'FAULT';
  console.log(
    `${verdict}  ${basename(folder).padEnd(28)} ${held} of ${exerciseRules.length} rules hold  ${seconds} s`,
  );
  for (const fault of faults) console.log(`         ${fault}`);
  return faults.length === 0;
});
const faulty = verdicts.filter((good) => !good).length;
tools.dispose();

const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.log(`${folders.length} exercises, ${faulty} at fault, ${seconds} s`);
process.exitCode = faulty === 0 && folders.length > 0 ? 0 : 1;

async function verify(
  folder: string,
  tools: VerifyTools,
): Promise<{ held: number; faults: string[] }> {
  try {
    const exercise = await loadExercise(folder);
    const found: { name: string; faults: string[] }[] = [];
    for (const { name, find } of exerciseRules)
      found.push({ name, faults: await find(exercise, tools) });
    const broken = found.filter(({ faults }) => faults.length > 0);
    return {
      held: exerciseRules.length - broken.length,
      faults: broken.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`)),
    };
  } catch (error) {
    return { held: 0, faults: [error instanceof Error ? error.message : String(error)] };
  }
}
