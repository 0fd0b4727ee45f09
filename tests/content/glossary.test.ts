import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { glossarySources } from '../../src/build/glossary.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import { renderInlineMarkdown } from '../../src/build/render-markdown.ts';
import { placeIn, sectionSources } from '../../src/build/section-sources.ts';

const entries = glossarySources();
const marks = sectionSources().flatMap(({ number, uses }) =>
  uses
    .filter(({ tag }) => tag === 'Term')
    .map(({ at, attributes }) => ({ at, id: attributes['id'] ?? '', section: number })),
);

describe('the glossary', () => {
  it('has entries, and the sections mark terms', () => {
    expect(entries.length).toBeGreaterThan(30);
    expect(marks.length).toBeGreaterThan(30);
  });

  it('has an entry for every <Term id>', () => {
    const known = new Set(entries.map(({ value }) => value.id));
    expect(
      marks
        .filter(({ id }) => !known.has(id))
        .map(({ at, id }) => `${at}: <Term id="${id}"> names no entry of content/glossary/.`),
    ).toEqual([]);
  });

  it('has no entry that no section marks', () => {
    const marked = new Set(marks.map(({ id }) => id));
    expect(
      entries
        .filter(({ value }) => !marked.has(value.id))
        .map(({ at, value }) => `${at}: no <Term id="${value.id}"> in the text.`),
    ).toEqual([]);
  });

  it('is filed under the section that marks the term', () => {
    const filed = new Map(entries.map(({ value, section }) => [value.id, section]));
    expect(
      marks
        .filter(({ id, section }) => filed.has(id) && filed.get(id) !== section)
        .map(
          ({ at, id, section }) =>
            `${at}: “${id}” is marked in ${section} and defined in content/glossary/${filed.get(id)}.yaml.`,
        ),
    ).toEqual([]);
  });

  it('has each term marked once in the book, at its first use', () => {
    const first = new Map<string, string>();
    expect(
      marks.flatMap(({ at, id }) => {
        const before = first.get(id);
        first.set(id, before ?? at);
        return before ? [`${at}: “${id}” is marked in ${before} already.`] : [];
      }),
    ).toEqual([]);
  });

  it('gives no two entries one name', () => {
    const first = new Map<string, string>();
    expect(
      entries.flatMap(({ at, value }) => {
        const name = value.term.toLowerCase();
        const before = first.get(name);
        first.set(name, before ?? at);
        return before ? [`${at}: the term “${value.term}” is in ${before} already.`] : [];
      }),
    ).toEqual([]);
  });

  it.each(entries)('$at: “$value.term” is set in one line', async ({ value }) => {
    expect(await renderInlineMarkdown(value.term)).toMatch(/\S/);
    expect(await renderInlineMarkdown(value.definition)).not.toMatch(/katex-error/);
    expect(value.definition).toMatch(/[.”]$/);
  });
});

describe('what is still to be shown or cited', () => {
  const files = globSync('content/**/*.{mdx,md,yaml,ts,py}', { cwd: projectRoot }).sort();

  it('is in no file of content/: nothing is marked cite-needed', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(
      files.flatMap((path) => {
        const text = readFileSync(join(projectRoot, path), 'utf8');
        return [...text.matchAll(/cite[- ]needed/gi)].map(
          ({ index }) => `${placeIn(text, index, path)}: a claim without its source.`,
        );
      }),
    ).toEqual([]);
  });
});
