import GithubSlugger from 'github-slugger';
import { anchorOf } from '../live/anchor.ts';
import { attributeOf, mdxTree } from './mdx-tree.ts';
import type { MdxNode } from './mdx-tree.ts';
import { plainText } from './plain-text.ts';
import type { Sources } from './plain-text.ts';
import type { RecordKind, SearchRecord } from './search-record.ts';

export interface SearchedSection {
  number: string;
  title: string;
  /** Address below the site's root. */
  path: string;
  /** MDX */
  text: string;
}

export interface SearchedExercise {
  title: string;
  concepts: readonly string[];
  /** MDX */
  statement: string;
}

export type Draft = Omit<SearchRecord, 'id'>;

/**
 * What can be found of a section: its text, parted at the headings; its figures, cells, exercises and case notes. Of an
 * exercise the statement alone: hints and solutions are not to be stumbled upon.
 */
export const sectionRecords = (
  section: SearchedSection,
  exercise: (id: string) => SearchedExercise,
  sources: Sources,
): Draft[] => {
  const slugger = new GithubSlugger();
  const record = (kind: RecordKind, title: string, anchor: string, text: string): Draft => ({
    kind,
    number: section.number,
    place: section.title,
    title,
    path: section.path + anchor,
    text,
  });
  const parts = [record('section', section.title, '', '')];
  const others: Draft[] = [];

  const visit = (node: MdxNode): void => {
    const id = attributeOf(node, 'id') ?? '';
    const title = attributeOf(node, 'title') ?? '';
    if (node.type === 'heading') {
      const words = plainText(node, sources);
      parts.push(record('section', words, `#${slugger.slug(words)}`, ''));
    } else if (node.name === 'Figure') {
      const anchor = `#figure-${attributeOf(node, 'name') ?? ''}`;
      others.push(record('figure', title, anchor, plainText(node, sources)));
    } else if (node.name === 'Cell') {
      others.push(record('cell', title, `#${anchorOf('cells', id)}`, ''));
    } else if (node.name === 'Exercise') {
      const { title: name, concepts, statement } = exercise(id);
      const text = plainText(mdxTree(statement), sources);
      const anchor = `#${anchorOf('exercises', id)}`;
      others.push(record('exercise', name, anchor, `${text} (${concepts.join(', ')})`));
    } else if (node.name === 'CaseNotes') {
      others.push(record('notes', 'Case notes', '#case-notes', plainText(node, sources)));
    } else if (node.children?.some(holdsParts)) {
      node.children.forEach(visit);
    } else {
      const part = parts.at(-1)!;
      part.text = `${part.text} ${plainText(node, sources)}`.trim();
    }
  };
  mdxTree(section.text).children?.forEach(visit);
  return [...parts, ...others].filter(({ kind, text }) => kind === 'cell' || text !== '');
};

/** Whether there is something in it that is found by itself. */
const holdsParts = (node: MdxNode): boolean =>
  node.type === 'heading' ||
  ['Figure', 'Cell', 'Exercise', 'CaseNotes'].includes(node.name ?? '') ||
  (node.children?.some(holdsParts) ?? false);
