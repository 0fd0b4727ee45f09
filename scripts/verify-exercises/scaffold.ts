import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { ReaderError } from '../../src/shared/reader-error.ts';

export interface NewExercise {
  slug: string;
  /** Section that will hold it: `1.3`. */
  chapter: string;
  title: string;
}

/**
 * Writes the folder of a new exercise. Everything still to be said stands in ⟨…⟩, and the solution does
 * not solve anything: verification stays red until each is done, and says which.
 *
 * @param directory `content/exercises`
 * @returns the folder made
 * @throws ReaderError if an argument is malformed or the folder is there already
 */
export async function scaffoldExercise(
  directory: string,
  { slug, chapter, title }: NewExercise,
): Promise<string> {
  demand(
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug),
    `The slug must be kebab-case; it is “${slug}”.`,
    'Try a name such as scale-and-zero-point.',
  );
  demand(
    /^[1-6]\.[1-9]$/.test(chapter),
    `--chapter must be a section number; it is “${chapter}”.`,
    'Write --chapter 1.3.',
  );
  demand(
    title.trim().length >= 3,
    '--title must say something.',
    'Write --title "Scale and zero point".',
  );
  const folder = join(directory, slug);
  demand(
    !existsSync(folder),
    `There is an exercise ${slug} already.`,
    'Choose another slug: ids are frozen.',
  );
  for (const [file, text] of Object.entries(texts({ slug, chapter, title }))) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return folder;
}

function demand(holds: boolean, explain: string, hint: string): void {
  if (!holds) throw new ReaderError({ code: 'new-exercise-refused', explain, hint });
}

/** `pack-int4` → `packInt4` */
function camelCase(slug: string): string {
  const name = slug.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return /^\d/.test(name) ? `f${name}` : name;
}

function texts({ slug, chapter, title }: NewExercise): Record<string, string> {
  const entry = camelCase(slug);
  const signature = `export function ${entry}(value: number): number {`;
  const doc = `/**\n * ⟨One sentence: what it gives.⟩\n *\n * @param value ⟨meaning, unit, range⟩\n * @returns ⟨meaning, unit, range⟩\n */`;
  const wrong = (advice: string, answer: string): string =>
    `/**\n * ⟨What this program gets wrong.⟩\n *\n * @fails fixed\n * @advice ${advice}\n */\n${signature}\n  return ${answer};\n}\n`;
  return {
    'exercise.yaml': stringify({
      id: slug,
      title,
      chapter,
      concepts: ['⟨concept⟩'],
      ladder: 'implement',
      difficulty: 2,
      points: 4,
      seed: seedOf(slug),
      limits: { ms: 5000 },
      entry: [entry],
    }),
    'statement.mdx': `⟨What Watson wants, and why.⟩\n\nWrite **\`${entry}(value)\`**. ⟨Inputs, shapes, ranges, what is refused.⟩\n\n| call | returns |\n| --- | ---: |\n| \`${entry}(1)\` | ⟨value⟩ |\n`,
    'hints.md': `1. ⟨Where to begin.⟩\n2. ⟨The step most readers miss.⟩\n3. The whole of it:\n\n   \`\`\`ts\n   ⟨the lines of solution.ts⟩\n   \`\`\`\n`,
    'starter.ts': `${doc}\n${signature}\n  return value; // ⟨What is to be done here.⟩\n}\n`,
    'solution.ts': `${doc}\n${signature}\n  throw new Error(\`⟨not solved yet⟩: \${value}\`);\n}\n`,
    'checks.ts': `import { check, defineChecks, expectClose } from 'heavy-weights/checks';

export default defineChecks([
  check('fixed', '⟨A statement that holds when it passes⟩', async ({ call }) => {
    expectClose(await call('${entry}', [1], 'number'), NaN, { label: '⟨the answer⟩' });
  }),

  check('random', '⟨The same for any input⟩', async ({ call, rng }) => {
    const value = rng.uniform(-1, 1);
    expectClose(await call('${entry}', [value], 'number'), NaN, { label: '⟨the answer⟩' });
  }),
]);
`,
    'mistakes/first-misconception.ts': wrong('⟨What to see, and why.⟩', '-value'),
    'mistakes/second-misconception.ts': wrong('⟨What else to see, and why.⟩', 'value + 1'),
    'python.py': `import tensorflow as tf\n\n# ⟨The same task with TensorFlow's own functions.⟩\nprint(tf.constant(1.0).numpy())\n`,
  };
}

/** A seed of the exercise's own, so that no two share their random inputs. */
function seedOf(slug: string): number {
  let hash = 0;
  for (const character of slug) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_000;
  return hash;
}
