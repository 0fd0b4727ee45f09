import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.ts';

/** One use of a component in a section's text. */
export interface Use {
  /** Component: `Cell`. */
  tag: string;
  /** Its string attributes. */
  attributes: Record<string, string>;
  /** The whole opening tag. */
  text: string;
  /** `content/chapters/…/01-….mdx:12` */
  at: string;
}

/** One section page as it lies on disk. */
export interface SectionSource {
  /** Folder of its chapter: `01-a-model-too-heavy`. */
  chapter: string;
  /** Name of its file: `03-the-first-weight`. */
  slug: string;
  /** `1.3`, by the names of folder and file. */
  number: string;
  path: string;
  text: string;
  uses: Use[];
}

const chaptersFolder = join(projectRoot, 'content', 'chapters');

/** Every section of every chapter, in the order of reading. */
export function sectionSources(): SectionSource[] {
  return readdirSync(chaptersFolder)
    .sort()
    .flatMap((chapter) =>
      readdirSync(join(chaptersFolder, chapter))
        .filter((file) => file.endsWith('.mdx'))
        .sort()
        .map((file) => {
          const path = `content/chapters/${chapter}/${file}`;
          const text = readFileSync(join(projectRoot, path), 'utf8');
          return {
            chapter,
            slug: file.replace(/\.mdx$/, ''),
            number: `${Number.parseInt(chapter, 10)}.${Number.parseInt(file, 10)}`,
            path,
            text,
            uses: componentUses(text, path),
          };
        }),
    );
}

/** A file of a chapter's `cells` folder. */
export function cellPath(chapter: string, file: string): string {
  return join(chaptersFolder, chapter, 'cells', file);
}

/** The opening tags of components, in order. */
export function componentUses(text: string, path: string): Use[] {
  return [
    ...text.matchAll(/<([A-Z][A-Za-z]*)((?:\s+[a-z]+(?:=(?:"[^"]*"|\{[^}]*\}))?)*)\s*\/?>/g),
  ].map((match) => {
    const [tagText, tag = '', attributes = ''] = match;
    return {
      tag,
      text: tagText,
      attributes: Object.fromEntries(
        [...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
          name,
          value,
        ]),
      ),
      at: placeIn(text, match.index, path),
    };
  });
}

/** `path:line` of a place in a text. */
export function placeIn(text: string, index: number, path: string): string {
  return `${path}:${text.slice(0, index).split('\n').length}`;
}
