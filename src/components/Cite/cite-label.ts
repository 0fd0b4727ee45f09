import type { BibliographyEntry } from '../../schemas/bibliography.ts';

/** `Han et al. 2016`; `Frankle and Carbin 2019`; `Horowitz 2014`. */
export const citeLabel = ({
  authors,
  year,
}: Pick<BibliographyEntry, 'authors' | 'year'>): string => {
  const [first = '', second] = authors.map(surname);
  const names =
    second === undefined
      ? first
      : authors.length === 2
        ? `${first} and ${second}`
        : `${first} et al.`;
  return `${names} ${year}`;
};

/** The last word of a name, with the particles before it: `Laurens van der Maaten` → `van der Maaten`. */
const surname = (name: string): string => /(?:\s|^)((?:\p{Ll}+\s)*\S+)$/u.exec(name)?.[1] ?? name;
