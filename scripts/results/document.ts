import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/build/project-root.ts';
import { readCompression } from './compression/results-file.ts';
import { renderCompression } from './compression/render.ts';
import { readResults, renderQuantization } from './quantization/results-file.ts';

export const documentPath = join(projectRoot, 'docs/results.md');

/** docs/results.md, from the committed numbers and nothing else. */
export function renderDocument(): string {
  return [
    '# Results',
    '',
    'Written by `npm run results` from the files in `content/results/`; do not edit.',
    '',
    ...renderQuantization(readResults()),
    ...renderCompression(readCompression()),
  ].join('\n');
}

export function writeDocument(): void {
  writeFileSync(documentPath, renderDocument());
}
