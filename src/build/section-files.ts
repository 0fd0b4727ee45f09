import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { projectRoot } from './project-root.ts';
import { yamlEntries, type YamlEntry } from './yaml-entries.ts';

/** One entry of a file that is named after a section. */
export interface SectionEntry<T> extends YamlEntry<T> {
  /** `2.3` */
  section: string;
}

/**
 * Reads a folder whose files are named after the sections they belong to, `2.3.yaml`.
 *
 * @param folder - below the project's root
 * @throws Error naming file and line of everything that does not fit
 */
export function sectionFiles<Schema extends z.ZodType>(
  folder: string,
  schema: Schema,
): SectionEntry<z.infer<Schema>>[] {
  const path = join(projectRoot, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) =>
      yamlEntries(`${folder}/${file}`, schema).map((entry) => ({
        ...entry,
        section: file.replace(/\.yaml$/, ''),
      })),
    );
}
