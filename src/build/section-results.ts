import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.ts';

/** Where the committed results of a section lie: `content/results/sections/2.3.json`. */
export const sectionResultsPath = (section: string): string =>
  join(projectRoot, 'content', 'results', 'sections', `${section}.json`);

const read = new Map<string, unknown>();

/**
 * What `npm run results -- sections:2.3` computed for a section, for its prose and figures.
 *
 * @param section - `2.3`
 */
export function sectionResults<T extends object>(section: string): T {
  let results = read.get(section);
  if (results === undefined) {
    results = (JSON.parse(readFileSync(sectionResultsPath(section), 'utf8')) as { results: T })
      .results;
    read.set(section, results);
  }
  return results as T;
}
