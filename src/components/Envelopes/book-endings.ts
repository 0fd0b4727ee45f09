import { parse } from 'yaml';
import endings from '../../../content/endings.yaml?raw';
import { SUSPECTS } from '../../crime/suspects.ts';
import { renderMarkdown } from '../../build/render-markdown.ts';
import { endingsSchema } from './endings-schema.ts';

/** What stands upon each envelope and what lies in it, as HTML. */
export const bookEndings = () =>
  Promise.all(
    endingsSchema.parse(parse(endings)).map(async ({ of, text }) => ({
      of,
      ...SUSPECTS[of],
      html: await renderMarkdown(text),
    })),
  );
