import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, isNode, parseDocument } from 'yaml';
import { z } from 'zod';
import { yamlFaults } from '../schemas/yaml-faults.ts';
import { projectRoot } from './project-root.ts';

/** One entry of a YAML file that is a list. */
export interface YamlEntry<T> {
  value: T;
  /** `content/glossary/1.3.yaml:12` */
  at: string;
  /** The place of something within it: `placeOf('rows', 2)`. */
  placeOf: (...path: (string | number)[]) => string;
}

/**
 * Reads a YAML file that is a list of entries of one kind.
 *
 * @param path - below the project's root
 * @throws Error naming file and line of everything that does not fit
 */
export function yamlEntries<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): YamlEntry<z.infer<Schema>>[] {
  const text = readFileSync(join(projectRoot, path), 'utf8');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault) throw new Error(`${path}:${fault.linePos?.[0].line ?? 1}: ${fault.message}`);
  const read = z.array(schema).safeParse(document.toJS() ?? []);
  if (!read.success) throw new Error(yamlFaults(text, read.error, path).join('\n'));
  const place = (within: (string | number)[]): string => {
    const node = document.getIn(within, true);
    const start = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    return `${path}:${lines.linePos(start).line}`;
  };
  return read.data.map((value, index) => ({
    value,
    at: place([index]),
    placeOf: (...inner) => place([index, ...inner]),
  }));
}
