import { withoutArrivalRemarks } from '../../../instructor/batch/arrival-remarks.ts';
import { catalogueKey } from '../../../instructor/catalogue.ts';
import type { Remark } from '../../../instructor/grade/graded.ts';
import type { Row, Work } from './work.ts';

/** What it depends on besides the row: names that may be said, and whether the instructor said when all came. */
type RemarkRule = Pick<Work, 'arrival' | 'revealed'>;

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
export const generalRemarks = (
  { arrival, revealed }: RemarkRule,
  { remarks, graded }: Row,
): string[] => {
  const read = arrival.kind === 'all-at' ? withoutArrivalRemarks(remarks) : remarks;
  return [
    ...read.filter(({ code }) => graded === undefined || !saidAgain.has(code)),
    ...(graded?.remarks ?? []),
  ].map((remark) => remarkWords(remark, revealed));
};

/** All that is to be said of a row besides its marks. */
export const allRemarks = (
  rule: RemarkRule,
  row: Row,
  others = 0,
  titles: ReadonlyMap<string, string> = new Map(),
): string[] => [
  ...generalRemarks(rule, row),
  ...(row.graded?.items.flatMap(({ kind, id, remarks }) => {
    const title = titles.get(catalogueKey({ kind, id })) ?? id;
    return remarks.map((remark) => `${title}: ${remarkWords(remark, rule.revealed)}`);
  }) ?? []),
  ...(others === 0
    ? []
    : [`Handed in ${others === 1 ? 'twice' : `${others + 1} times`}: the newest counts.`]),
];
