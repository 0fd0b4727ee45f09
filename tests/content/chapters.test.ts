import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectRoot } from '../../src/build/project-root.ts';
import { boundFaults } from '../../src/build/section-counts.ts';
import { cellPath, sectionSources, type Use } from '../../src/build/section-sources.ts';
import { computedIds, computedText } from '../../src/components/Computed/registry.ts';
import type { NumberFormat } from '../../src/components/Computed/format-number.ts';
import { FIGURE_NAMES } from '../../src/components/Figure/figure-names.ts';
import { bibliographySchema } from '../../src/schemas/bibliography.ts';
import { chapterSchema, sectionSchema } from '../../src/schemas/chapter.ts';
import { quizFileSchema } from '../../src/schemas/quiz.ts';

const sections = sectionSources();
const uses = sections.flatMap((section) => section.uses.map((use) => ({ ...use, section })));
const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

const bibliography = (parse(read('content/bibliography.yaml')) as unknown[]).map((entry) =>
  bibliographySchema.parse(entry),
);
const quizzes = readdirSync(join(projectRoot, 'content/quizzes'))
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file) => quizFileSchema.parse(parse(read(`content/quizzes/${file}`))).questions);
const exercises = readdirSync(join(projectRoot, 'content/exercises')).filter((slug) =>
  existsSync(join(projectRoot, 'content/exercises', slug, 'exercise.yaml')),
);

/** Uses of a component whose attribute names nothing, as `file:line: name`. */
function dangling(
  tag: string,
  attribute: string,
  known: (name: string, use: (typeof uses)[number]) => boolean,
): string[] {
  return uses
    .filter((use) => use.tag === tag && !known(use.attributes[attribute] ?? '', use))
    .map((use) => `${use.at}: <${tag} ${attribute}="${use.attributes[attribute] ?? ''}">`);
}

function numberOf({ section, chapter }: { section: number; chapter: number }): string {
  return `${chapter}.${section}`;
}

function frontMatter(text: string): { section: number; chapter: number } {
  return sectionSchema.parse(parse(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? ''));
}

describe('what the sections name exists', () => {
  it('there are sections, and their components are seen', () => {
    expect(sections.length).toBeGreaterThanOrEqual(4);
    expect(uses.filter(({ tag }) => tag === 'Computed').length).toBeGreaterThan(50);
  });

  it.each([
    'Cell',
    'Exercise',
    'Quiz',
    'Figure',
    'Computed',
    'Cite',
    'Equation',
    'Prediction',
    'Python',
    'Term',
  ])('every <%s> in the text is read as a component with its attributes', (tag) => {
    const written = sections.reduce(
      (sum, { text }) => sum + text.split(new RegExp(`<${tag}\\b`)).length - 1,
      0,
    );
    expect(uses.filter((use) => use.tag === tag)).toHaveLength(written);
  });

  it('cells lie in their chapter', () => {
    expect(
      dangling('Cell', 'id', (id, { section }) =>
        existsSync(cellPath(section.chapter, `${id}.ts`)),
      ),
    ).toEqual([]);
  });

  it('Python files lie in their chapter', () => {
    expect(
      dangling('Python', 'src', (src, { section }) => existsSync(cellPath(section.chapter, src))),
    ).toEqual([]);
  });

  it('exercises exist and belong to the section that shows them', () => {
    expect(dangling('Exercise', 'id', (id) => exercises.includes(id))).toEqual([]);
    const shown = uses.filter(({ tag }) => tag === 'Exercise');
    for (const { attributes, at, section } of shown) {
      const { chapter } = parse(read(`content/exercises/${attributes['id']}/exercise.yaml`)) as {
        chapter: string;
      };
      expect(chapter, at).toBe(numberOf(frontMatter(section.text)));
    }
    expect(
      exercises.filter((slug) => !shown.some(({ attributes }) => attributes['id'] === slug)),
    ).toEqual([]);
  });

  it('quiz questions exist, belong to the section, and none is left out or shown twice', () => {
    expect(dangling('Quiz', 'id', (id) => quizzes.some((question) => question.id === id))).toEqual(
      [],
    );
    const shown = uses.filter(({ tag }) => tag === 'Quiz');
    for (const { attributes, at, section } of shown) {
      expect(quizzes.find(({ id }) => id === attributes['id'])?.section, at).toBe(
        numberOf(frontMatter(section.text)),
      );
    }
    expect(shown.map(({ attributes }) => attributes['id']).sort()).toEqual(
      quizzes.map(({ id }) => id).sort(),
    );
  });

  it('figures exist, and each is shown', () => {
    const names: readonly string[] = FIGURE_NAMES;
    expect(dangling('Figure', 'name', (name) => names.includes(name))).toEqual([]);
    const shown = uses
      .filter(({ tag }) => tag === 'Figure')
      .map(({ attributes }) => attributes['name']);
    expect([...names].filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('citations resolve, and no entry of the bibliography is uncited', () => {
    expect(dangling('Cite', 'id', (id) => bibliography.some((entry) => entry.id === id))).toEqual(
      [],
    );
    const cited = new Set(
      uses.filter(({ tag }) => tag === 'Cite').map(({ attributes }) => attributes['id']),
    );
    expect(bibliography.map(({ id }) => id).filter((id) => !cited.has(id))).toEqual([]);
  });

  it('computed numbers have names that the registry knows, and can be written out', () => {
    const ids = computedIds();
    expect(dangling('Computed', 'of', (id) => ids.includes(id))).toEqual([]);
    for (const { attributes, at } of uses.filter(({ tag }) => tag === 'Computed')) {
      const as = attributes['as'] as NumberFormat | undefined;
      expect(computedText(attributes['of'] ?? '', { as, where: at }), at).toMatch(/\S/);
    }
  });

  it('an unknown computed number is refused with the place that asks for it', () => {
    expect(() => computedText('lenet.parametres', { where: 'chapters/x/' })).toThrow(
      /chapters\/x\/ asks for .*lenet\.parametres.*lenet\.parameters/,
    );
  });
});

describe('identities', () => {
  it.each(['Cell', 'Equation', 'Prediction'])('every <%s> has one of its own', (tag) => {
    const ids = uses
      .filter((use: Use) => use.tag === tag)
      .map(({ attributes }) => attributes['id']);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('no cell file is left without a place in the text', () => {
    const named = new Set(
      uses.flatMap(({ tag, attributes }) =>
        tag === 'Cell'
          ? [`${attributes['id']}.ts`, `${attributes['id']}.py`]
          : tag === 'Python'
            ? [attributes['src']]
            : [],
      ),
    );
    const files = [...new Set(sections.map(({ chapter }) => chapter))].flatMap((chapter) =>
      readdirSync(cellPath(chapter, '')).filter((file) => /\.(ts|py)$/.test(file)),
    );
    expect(files.filter((file) => !named.has(file))).toEqual([]);
  });

  it('every cell has its Python twin', () => {
    const cells = uses.filter(({ tag }) => tag === 'Cell');
    expect(
      cells
        .filter(
          ({ attributes, section }) =>
            !existsSync(cellPath(section.chapter, `${attributes['id']}.py`)),
        )
        .map(({ at }) => at),
    ).toEqual([]);
  });
});

describe.each(sections)('$path', (section) => {
  const { chapter, slug, text, uses: own } = section;
  const tags = own.map(({ tag }) => tag);

  it('has front matter that fits its place', () => {
    const matter = frontMatter(text);
    expect(slug.startsWith(String(matter.section).padStart(2, '0'))).toBe(true);
    const { number } = chapterSchema.parse(parse(read(`content/chapters/${chapter}/chapter.yaml`)));
    expect(matter.chapter).toBe(number);
  });

  it('keeps the rhythm: scene, prediction, cell, exercise, case notes', () => {
    const first = (tag: string) => tags.indexOf(tag);
    expect(tags[0]).toBe('Scene');
    expect(text).toContain('<Prediction');
    expect(first('Cell')).toBeGreaterThan(0);
    expect(first('Exercise')).toBeGreaterThan(first('Cell'));
    expect(tags.filter((tag) => tag === 'CaseNotes')).toHaveLength(1);
    expect(text).toContain('## The same in TensorFlow');
  });

  it('has five case notes', () => {
    const notes = /<CaseNotes>([\s\S]*?)<\/CaseNotes>/.exec(text)?.[1] ?? '';
    expect(notes.match(/^- /gm)).toHaveLength(5);
  });

  it('keeps the voice: no exclamation marks, no stock phrases', () => {
    const prose = text
      .replace(/^---[\s\S]*?---/, '')
      .replace(/\\!/g, '')
      .replace(/\$[^$]*\$/g, '');
    expect(prose).not.toMatch(/!/);
    expect(prose).not.toMatch(
      /\b(delve|tapestry|testament|elementary, my dear)\b|important to note|not just/i,
    );
  });

  it('is as long as a section is, and asks its reader to do something', () => {
    expect(boundFaults(section)).toEqual([]);
  });
});
