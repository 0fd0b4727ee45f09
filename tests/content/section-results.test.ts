import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sectionStamp, sectionsWithResults } from '../../scripts/results/sections.ts';
import { readMnist } from '../../src/build/mnist.ts';
import { sectionResultsPath } from '../../src/build/section-results.ts';

const sets = { train: readMnist('train'), test: readMnist('test') };
const sections = await sectionsWithResults();

describe('content/results/sections', () => {
  it.skipIf(sections.length === 0).each(sections)(
    '%s.json was made from the code, the models and the images as they are: else run `npm run results -- sections`',
    async (section) => {
      const { stamp } = JSON.parse(readFileSync(sectionResultsPath(section), 'utf8')) as {
        stamp: unknown;
      };
      expect(stamp).toEqual(await sectionStamp(section, sets));
    },
  );
});
