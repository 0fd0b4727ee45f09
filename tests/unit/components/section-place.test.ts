import { describe, expect, it } from 'vitest';
import { sectionKey, sectionPlace } from '../../../src/components/live/section-place.ts';
import { fileSizes } from '../../../src/components/live/file-sizes.ts';

describe('sectionPlace', () => {
  it('reads what the page set', () => {
    const place = sectionPlace(
      { section: { chapterSlug: '01-a', sectionSlug: '02-b', number: '1.2' } },
      'Cell',
    );
    expect(sectionKey(place)).toBe('01-a/02-b');
  });

  it('names the component on a page that set nothing', () => {
    expect(() => sectionPlace({}, 'Cell id="x"')).toThrow(
      /<Cell id="x"> stands on a page without Astro\.locals\.section/,
    );
  });
});

describe('fileSizes', () => {
  it('says the size of a model from the catalogue', () => {
    expect(fileSizes(['lenet-300-100'])).toMatch(
      /^Fetches LeNet-300-100 \(1\.\d MB\) when it first runs\.$/,
    );
  });

  it('says nothing for a cell that fetches nothing, and refuses a file the book does not have', () => {
    expect(fileSizes([])).toBeUndefined();
    expect(() => fileSizes(['resnet'])).toThrow(/no file "resnet"/);
  });
});
