/** One thing that the search can find. */
export interface SearchRecord {
  id: number;
  kind: RecordKind;
  /** The section it stands in, `1.2`; of a term, the one that explains it. */
  number: string;
  /** Title of that section. */
  place: string;
  title: string;
  /** Address below the site's root, with its anchor. */
  path: string;
  /** What it says: plain text, no markup. */
  text: string;
}

export type RecordKind = 'section' | 'notes' | 'figure' | 'cell' | 'exercise' | 'term';

/** Name of the file that holds the index, below the site's root. */
export const searchFile = 'search.json';
