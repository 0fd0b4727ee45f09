import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/build/project-root.ts';

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
  chapter: string;
  slug: string;
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
            path,
            text,
            uses: componentUses(text, path),
          };
        }),
    );
}

/** The text of a file of a chapter's `cells` folder. */
export function cellPath(chapter: string, file: string): string {
  return join(chaptersFolder, chapter, 'cells', file);
}

/** The opening tags of components, in order. */
export function componentUses(text: string, path: string): Use[] {
  return [...text.matchAll(/<([A-Z][A-Za-z]*)((?:\s+[a-z]+=(?:"[^"]*"|\{[^}]*\}))*)\s*\/?>/g)].map(
    (match) => {
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
        at: `${path}:${text.slice(0, match.index).split('\n').length}`,
      };
    },
  );
}
