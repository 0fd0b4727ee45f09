import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { glossarySchema, type GlossaryEntry } from '../schemas/glossary.ts';
import { projectRoot } from './project-root.ts';

/**
 * The glossary of the whole book, by section and in the order of its files.
 *
 * @throws Error naming the file, where an entry does not fit or an id comes twice
 */
export function readGlossary(): GlossaryEntry[] {
  const folder = join(projectRoot, 'content', 'glossary');
  const seen = new Map<string, string>();
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const read = z
        .array(glossarySchema)
        .safeParse(parse(readFileSync(join(folder, file), 'utf8')) ?? []);
      if (!read.success)
        throw new Error(`content/glossary/${file}: ${z.prettifyError(read.error)}`);
      return read.data.map((entry) => {
        const before = seen.get(entry.id);
        if (before) {
          throw new Error(`content/glossary/${file}: “${entry.id}” is in ${before} already.`);
        }
        seen.set(entry.id, file);
        return { ...entry, section: file.replace(/\.yaml$/, '') };
      });
    });
}
