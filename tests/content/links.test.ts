import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { glossarySources } from '../../src/build/glossary.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import { componentUses, placeIn, sectionSources } from '../../src/build/section-sources.ts';
import { anchorOf } from '../../src/components/live/anchor.ts';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const files = (pattern: string): string[] => globSync(pattern, { cwd: projectRoot }).sort();

/** The address of a heading, as Markdown gives it. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const KINDS: Record<string, Parameters<typeof anchorOf>[0]> = {
  Cell: 'cells',
  Exercise: 'exercises',
  Quiz: 'quizzes',
  Prediction: 'predictions',
};

/** Anchors that a text makes: its headings, and its components. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{2,4} (.*)$/gm)].map(([, title = '']) => slug(title));
  const components = componentUses(text, '').flatMap(({ tag, attributes: { id, name } }) => {
    if (tag === 'CaseNotes') return ['case-notes'];
    if (tag === 'Figure') return [`figure-${name}`];
    if (id === undefined) return [];
    if (tag === 'Equation') return [`eq-${id}`];
    if (tag === 'Term') return [`term-${id}`];
    const kind = KINDS[tag];
    return kind ? [anchorOf(kind, id)] : [];
  });
  return new Set([...headings, ...components]);
}

/** Every page by its path below the site's base, with its anchors; undefined where the text is not ours to read. */
const pages = new Map<string, Set<string> | undefined>([
  ...files('src/pages/*.astro')
    .filter((path) => !/[[\]]|404/.test(path))
    .map((path): [string, undefined] => {
      const name = path.replace(/^src\/pages\/|\.astro$/g, '');
      return [name === 'index' ? '' : `${name}/`, undefined];
    }),
  ...files('content/pages/*.mdx').map((path): [string, Set<string>] => [
    `${path.replace(/^content\/pages\/|\.mdx$/g, '')}/`,
    anchorsOf(read(path)),
  ]),
  ...sectionSources().map(({ chapter, slug: name, text }): [string, Set<string>] => [
    `chapters/${chapter}/${name}/`,
    anchorsOf(text),
  ]),
  ['glossary/', new Set(glossarySources().map(({ value }) => value.id))],
  [
    'bibliography/',
    new Set((parse(read('content/bibliography.yaml')) as { id: string }[]).map(({ id }) => id)),
  ],
]);

/** What is wrong with the links of a text that stands on a page; each fault with its place. */
function linkFaults(text: string, path: string, page: string): string[] {
  // Formulas and code hold brackets of their own; their places are kept.
  const prose = text.replace(/\$[^$\n]*\$|`[^`\n]*`/g, (inner) => ' '.repeat(inner.length));
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)|\bhref="([^"]*)"/g)].flatMap((match) => {
    const target = match[1] ?? match[2] ?? '';
    const at = placeIn(text, match.index, path);
    if (/^[a-z]+:/i.test(target)) return [];
    if (target.startsWith('/')) {
      return [
        `${at}: ${target} breaks where the book lies below a host’s root: write it relative.`,
      ];
    }
    const { pathname, hash } = new URL(target, `https://book.test/${page}`);
    const anchors = pages.get(pathname.slice(1));
    if (!pages.has(pathname.slice(1))) return [`${at}: ${target} leads to no page.`];
    return hash === '' || anchors === undefined || anchors.has(decodeURIComponent(hash.slice(1)))
      ? []
      : [`${at}: ${target} leads to a page without that anchor.`];
  });
}

const texts = [
  ...sectionSources().map(({ chapter, slug: name, text, path }) => ({
    path,
    text,
    page: `chapters/${chapter}/${name}/`,
  })),
  ...files('content/pages/*.mdx').map((path) => ({
    path,
    text: read(path),
    page: `${path.replace(/^content\/pages\/|\.mdx$/g, '')}/`,
  })),
  ...files('content/exercises/*/*.{md,mdx}').flatMap((path) => {
    const [, , folder] = path.split('/');
    const shown = sectionSources().find(({ uses }) =>
      uses.some(({ tag, attributes }) => tag === 'Exercise' && attributes['id'] === folder),
    );
    return shown
      ? [{ path, text: read(path), page: `chapters/${shown.chapter}/${shown.slug}/` }]
      : [];
  }),
  ...files('content/{glossary,notation}/*.yaml').map((path) => ({
    path,
    text: read(path),
    page: `${path.split('/')[1]}/`,
  })),
  { path: 'content/counterparts.yaml', text: read('content/counterparts.yaml'), page: 'tfmot/' },
];

describe('links within the book', () => {
  it('are looked for in every text', () => {
    expect(texts.length).toBeGreaterThan(20);
    expect(pages.size).toBeGreaterThan(12);
  });

  it('are refused when dead, with file and line', () => {
    const page = sectionSources()[0]!;
    const here = `chapters/${page.chapter}/${page.slug}/`;
    const faults = linkFaults(
      'a\n[x](../no-such/)\n[x](#eq-no-such)\n[x](/glossary/) [x](../../../glossary/#no-such)\n$[a](b)$ [x](https://a.test)',
      'a.mdx',
      here,
    );
    expect(faults.map((fault) => fault.replace(/ .*/, ''))).toEqual([
      'a.mdx:2:',
      'a.mdx:3:',
      'a.mdx:4:',
      'a.mdx:4:',
    ]);
    expect(
      linkFaults(
        '[x](#eq-model-bytes) [y](../../../glossary/#scale) [z](../../../) <a href="#case-notes">z</a> [t](#the-same-in-tensorflow)',
        'a.mdx',
        here,
      ),
    ).toEqual([]);
  });

  it('lead somewhere', () => {
    expect(texts.flatMap(({ text, path, page }) => linkFaults(text, path, page))).toEqual([]);
  });
});
