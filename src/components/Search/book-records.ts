/** Everything of the book that the search can find, read from `content/` while the site is built. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readGlossary } from '../../build/glossary.ts';
import { projectRoot } from '../../build/project-root.ts';
import { sectionSources } from '../../build/section-sources.ts';
import { bibliographySchema } from '../../schemas/bibliography.ts';
import { sectionSchema } from '../../schemas/chapter.ts';
import { citeLabel } from '../Cite/cite-label.ts';
import type { NumberFormat } from '../Computed/format-number.ts';
import { computedText } from '../Computed/registry.ts';
import { bookExercises } from '../Exercise/book-exercise.ts';
import { mdxTree } from './mdx-tree.ts';
import { plainText } from './plain-text.ts';
import type { SearchRecord } from './search-record.ts';
import { sectionRecords } from './section-records.ts';
import type { Draft } from './section-records.ts';

/** The records of the whole book, in the order of reading; the glossary comes last. */
export const bookRecords = async (
  computed: typeof computedText = computedText,
): Promise<SearchRecord[]> => {
  const exercises = new Map(
    (await bookExercises()).map(({ data, statement }) => [data.id, { ...data, statement }]),
  );
  const authors = new Map(
    z
      .array(bibliographySchema)
      .parse(parse(readFileSync(join(projectRoot, 'content', 'bibliography.yaml'), 'utf8')))
      .map((entry) => [entry.id, citeLabel(entry)]),
  );
  const titles = new Map<string, string>();
  const drafts = sectionSources().flatMap(({ chapter, slug, path, text }): Draft[] => {
    const matter = sectionSchema.parse(parse(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? ''));
    const number = `${matter.chapter}.${matter.section}`;
    titles.set(number, matter.title);
    return sectionRecords(
      { number, title: matter.title, path: `chapters/${chapter}/${slug}/`, text },
      (id) => known(exercises, id),
      {
        computed: (of, as) => computed(of, { as: as as NumberFormat | undefined, where: path }),
        citation: (id) => known(authors, id),
      },
    );
  });
  const terms = readGlossary().map(({ id, term, definition, section }): Draft => ({
    kind: 'term',
    number: section,
    place: titles.get(section) ?? '',
    title: term,
    path: `glossary/#${id}`,
    text: plainText(mdxTree(definition, 'md'), {
      computed: (of) => of,
      citation: (source) => known(authors, source),
    }),
  }));
  return [...drafts, ...terms].map((draft, id) => ({ id, ...draft }));
};

const known = <T>(map: ReadonlyMap<string, T>, id: string): T => {
  const found = map.get(id);
  if (found === undefined) throw new Error(`The search meets “${id}”, which is not there.`);
  return found;
};
