import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFonts, rangeOf, without } from '../../../src/build/fonts.ts';

const root = mkdtempSync(join(tmpdir(), 'fonts-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('unicode ranges', () => {
  it('joins neighbours and sorts', () => {
    expect(rangeOf('cab é')).toBe('U+20,U+61-63,U+E9');
    expect(rangeOf('—')).toBe('U+2014');
  });

  it('leaves out what is taken', () => {
    expect(without('U+61-65,U+E9', 'bd')).toBe('aceé');
  });
});

describe('makeFonts', () => {
  it('cuts each face small enough for a page, and preloads only files that exist', async () => {
    const { fontsCss, katexCss, preload } = await makeFonts(root);
    const size = (file: string): number => statSync(join(root, 'public', file)).size;
    const files = [...`${fontsCss}${katexCss}`.matchAll(/url\('\/([^']+)'\)/g)].map(
      ([, file = '']) => file,
    );
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) expect(size(file), file).toBeGreaterThan(500);
    expect(preload).toHaveLength(2);
    for (const file of preload) expect(files).toContain(file);

    // What a section with mathematics fetches: the cores, and a large delimiter or two.
    const shown = files
      .filter((file) => /-core\./.test(file) && !/bold/.test(file))
      .concat(files.filter((file) => /size[12]/.test(file)));
    expect(shown.length).toBeGreaterThanOrEqual(8);
    expect(shown.reduce((sum, file) => sum + size(file), 0)).toBeLessThanOrEqual(120_000);
    // KaTeX's own faces are gone, its rules are there.
    expect(katexCss).not.toContain('fonts/KaTeX_Main-Regular.woff');
    expect(katexCss).toContain('.katex .mathnormal');
  });

  it('keeps the files of a second run and removes strangers', async () => {
    const folder = join(root, 'public/generated/fonts');
    const before = readdirSync(folder).map((file) => [file, statSync(join(folder, file)).mtimeMs]);
    writeFileSync(join(folder, 'old-core.0000000000.woff2'), 'x');
    await makeFonts(root);
    expect(readdirSync(folder).map((file) => [file, statSync(join(folder, file)).mtimeMs])).toEqual(
      before,
    );
  });
});
