/** Makes the folder of a new exercise: `npm run new:exercise -- slug --chapter 1.3 --title "…"`. */
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ReaderError } from '../src/shared/reader-error.ts';
import { scaffoldExercise } from './verify-exercises/scaffold.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const usage = 'npm run new:exercise -- <slug> --chapter 1.3 --title "Scale and zero point"';

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { chapter: { type: 'string' }, title: { type: 'string' } },
  });
  const [slug = ''] = positionals;
  const { chapter = '', title = '' } = values;
  const folder = await scaffoldExercise(join(root, 'content/exercises'), { slug, chapter, title });
  console.log(
    `Made ${relative(root, folder)}. Replace everything in ⟨…⟩, then: npm run verify:exercises ${slug}`,
  );
} catch (error) {
  if (!(error instanceof ReaderError) && !(error instanceof TypeError)) throw error;
  console.error(`${error.message}\nUsage: ${usage}`);
  process.exitCode = 1;
}
