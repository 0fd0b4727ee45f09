import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { playgroundSchema, type PlaygroundStart } from '../schemas/playground.ts';
import { projectRoot } from './project-root.ts';

/** What the playground can begin with, each with its TypeScript. */
export function playgroundStarts(): (PlaygroundStart & { code: string })[] {
  const read = (file: string): string =>
    readFileSync(join(projectRoot, 'content', 'playground', file), 'utf8');
  return playgroundSchema
    .parse(parse(read('starts.yaml')))
    .map((start) => ({ ...start, code: read(`${start.id}.ts`).trimEnd() }));
}
