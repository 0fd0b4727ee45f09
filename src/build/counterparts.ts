import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { counterpartsSchema, type Counterparts } from '../schemas/counterparts.ts';
import { pythonNamesSchema } from '../schemas/python-names.ts';
import { projectRoot } from './project-root.ts';
import { yamlEntries, type YamlEntry } from './yaml-entries.ts';

export const counterpartsPath = 'content/counterparts.yaml';

/** The names of Python beside the engine's, in groups. */
export const readCounterparts = (): YamlEntry<Counterparts>[] =>
  yamlEntries(counterpartsPath, counterpartsSchema);

/** The page that documents each Python name of `content/python-names.yaml`. */
export const pythonNamePages = (): Map<string, string> => {
  const text = readFileSync(join(projectRoot, 'content/python-names.yaml'), 'utf8');
  return new Map(
    pythonNamesSchema
      .parse(parse(text))
      .map(({ name, source }): [string, string] => [name, source]),
  );
};
