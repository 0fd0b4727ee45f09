/** What a section asks its reader to do, in the order of its text. */
export interface SectionItem {
  /** Store and record: `exercises:count-the-bytes`. */
  key: string;
  kind: 'cells' | 'predictions' | 'exercises' | 'quizzes';
  id: string;
  /** The title or question that stands in the text itself, if it does. */
  title: string | undefined;
}

const kinds = {
  Cell: 'cells',
  Prediction: 'predictions',
  Exercise: 'exercises',
  Quiz: 'quizzes',
} as const;

/** Reads the live components out of a section's MDX. `section` is `<chapter>/<section>`, as cells are filed. */
export const sectionItems = (section: string, body: string): SectionItem[] =>
  [
    ...body.matchAll(
      /<(Cell|Prediction|Exercise|Quiz)\b((?:[^>"'{]|"[^"]*"|'[^']*'|\{[^}]*\})*)>/g,
    ),
  ].map(([, name, attributes = '']) => {
    const kind = kinds[name as keyof typeof kinds];
    const attribute = (key: string): string | undefined =>
      new RegExp(`(?:^|\\s)${key}="([^"]*)"`).exec(attributes)?.[1];
    const own = attribute('id') ?? '';
    const id = kind === 'cells' ? `${section}/${own}` : own;
    return { key: `${kind}:${id}`, kind, id, title: attribute('title') ?? attribute('question') };
  });
