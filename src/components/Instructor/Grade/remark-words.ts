import { catalogueKey } from '../../../instructor/catalogue.ts';
import type { Remark } from '../../../instructor/grade/graded.ts';
import type { Row } from './work.ts';

/** Remarks that name a student or a file, as they are said while names are hidden. */
const nameless: Readonly<Record<string, string>> = {
  'identity-differs': 'The LMS had it from somebody else than the file says.',
  'same-answers': 'Every answer is the same as in another hand-in.',
  'id-claimed-twice': 'The same student id is claimed in another hand-in.',
};
/** Reading says these; the re-run says them again in its own words. */
const saidAgain = new Set(['receipt-broken', 'assignment-changed']);

export const remarkWords = ({ code, text }: Remark, revealed: boolean): string =>
  revealed ? text : (nameless[code] ?? text);

/** What is to be said of a hand-in as a whole. */
export const generalRemarks = ({ remarks, graded }: Row, revealed: boolean): string[] =>
  [
    ...remarks.filter(({ code }) => graded === undefined || !saidAgain.has(code)),
    ...(graded?.remarks ?? []),
  ].map((remark) => remarkWords(remark, revealed));

/** All that is to be said of a row besides its marks. */
export const allRemarks = (
  row: Row,
  revealed: boolean,
  others = 0,
  titles: ReadonlyMap<string, string> = new Map(),
): string[] => [
  ...generalRemarks(row, revealed),
  ...(row.graded?.items.flatMap(({ kind, id, remarks }) => {
    const title = titles.get(catalogueKey({ kind, id })) ?? id;
    return remarks.map((remark) => `${title}: ${remarkWords(remark, revealed)}`);
  }) ?? []),
  ...(others === 0
    ? []
    : [`Handed in ${others === 1 ? 'twice' : `${others + 1} times`}: the newest counts.`]),
];
