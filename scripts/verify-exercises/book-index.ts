import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { pythonNamesSchema } from '../../src/schemas/python-names.ts';
import { ReaderError } from '../../src/shared/reader-error.ts';

/** Numbers of the sections that exist, by the names of their files: `01-…/03-….mdx` is 1.3. */
export async function sectionNumbers(root: string): Promise<Set<string>> {
  const chapters = join(root, 'content/chapters');
  const numbers = new Set<string>();
  for (const chapter of await readdir(chapters)) {
    for (const file of await readdir(join(chapters, chapter))) {
      const number = /^(\d+)-.*\.mdx$/.exec(file)?.[1];
      if (number !== undefined) numbers.add(`${Number.parseInt(chapter, 10)}.${Number(number)}`);
    }
  }
  return numbers;
}

/** The names that Python twins may use, from `content/python-names.yaml`. */
export async function knownPythonNames(root: string): Promise<Set<string>> {
  const text = await readFile(join(root, 'content/python-names.yaml'), 'utf8');
  const parsed = pythonNamesSchema.safeParse(parse(text));
  if (parsed.success) return new Set(parsed.data.map(({ name }) => name));
  throw new ReaderError({
    code: 'python-names-invalid',
    explain: 'content/python-names.yaml does not fit its schema.',
    elaborate: z.prettifyError(parsed.error),
  });
}
