import type { Lateness } from '../../../instructor/late.ts';
import { arrivalOf, latenessOf, markOf } from './mark-of.ts';
import { allRemarks } from './remark-words.ts';
import { rowName, type Row, type Work } from './work.ts';

export const PAGE_SIZE = 50;

export const sortKeys = [
  'name',
  'arrived',
  'claimed',
  'rerun',
  'attempts',
  'hints',
  'mark',
] as const;
export type SortKey = (typeof sortKeys)[number];

export const filters = {
  all: 'All',
  'to-mark': 'To mark by hand',
  differs: 'Claim and re-run differ',
  late: 'Late or refused',
  remarks: 'With remarks',
  alike: 'Alike with another',
  problems: 'Could not be graded',
} as const;
export type Filter = keyof typeof filters;

export interface ListView {
  sort: SortKey;
  descending: boolean;
  filter: Filter;
  search: string;
  /** From 0. */
  page: number;
}

export const firstView: ListView = {
  sort: 'name',
  descending: false,
  filter: 'all',
  search: '',
  page: 0,
};

/** Whether the student's page claims a pass that the re-run does not give. */
export const claimDiffers = ({ graded }: Row): boolean =>
  graded?.items.some(({ remarks }) => remarks.some(({ code }) => code === 'claim-differs')) ??
  false;

const sum = (row: Row, field: 'attempts' | 'hints'): number =>
  row.graded?.items.reduce(
    (total, item) => total + (item.kind === 'exercise' ? item[field] : 0),
    0,
  ) ??
  row.handIn?.answers.reduce(
    (total, answer) =>
      total +
      (answer.kind === 'exercise' ? answer[field === 'hints' ? 'hintsShown' : 'attempts'] : 0),
    0,
  ) ??
  0;

export const attemptsOf = (row: Row): number => sum(row, 'attempts');
export const hintsOf = (row: Row): number => sum(row, 'hints');

const isLate = (late: Lateness | undefined): boolean =>
  late?.state === 'late' || late?.state === 'refused';

const passes = (work: Work, row: Row, filter: Filter, alike: ReadonlySet<string>): boolean => {
  switch (filter) {
    case 'to-mark':
      return (markOf(work, row)?.toMark ?? 0) > 0;
    case 'differs':
      return claimDiffers(row);
    case 'late':
      return isLate(latenessOf(work, row));
    case 'remarks':
      return allRemarks(work, row).length > 0;
    case 'alike':
      return alike.has(row.key);
    case 'problems':
      return (
        row.state === 'refused' ||
        row.gradingFault !== undefined ||
        (row.graded?.items.some(({ status }) => status === 'not-graded') ?? false)
      );
    default:
      return true;
  }
};

const valueOf = (work: Work, row: Row, key: SortKey): number | string => {
  switch (key) {
    case 'name':
      // By number while names are hidden: the order of names would tell them.
      return work.revealed ? rowName(row, true).toLowerCase() : row.number;
    case 'arrived':
      return arrivalOf(work, row) ?? '';
    case 'claimed':
      return row.graded?.claimedEarned ?? -1;
    case 'rerun':
      return row.graded?.earned ?? -1;
    case 'attempts':
      return attemptsOf(row);
    case 'hints':
      return hintsOf(row);
    default:
      return markOf(work, row)?.mark ?? -1;
  }
};

const compare = (a: number | string, b: number | string): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');

/** The rows that a view shows of all, in its order, and which page of them. */
export const listRows = (
  work: Work,
  rows: readonly Row[],
  view: ListView,
  alike: ReadonlySet<string> = new Set(),
): { shown: Row[]; page: number; pages: number; matching: Row[] } => {
  const words = view.search.trim().toLowerCase();
  const valued = rows
    .filter(
      (row) =>
        row.state !== 'superseded' &&
        passes(work, row, view.filter, alike) &&
        (words === '' || rowName(row, work.revealed).toLowerCase().includes(words)),
    )
    // Each value is worked out once: a mark takes a walk over its items.
    .map((row) => ({ row, value: valueOf(work, row, view.sort) }));
  const turn = view.descending ? -1 : 1;
  valued.sort((a, b) => turn * compare(a.value, b.value) || a.row.number - b.row.number);
  const matching = valued.map(({ row }) => row);
  const pages = Math.max(1, Math.ceil(matching.length / PAGE_SIZE));
  const page = Math.min(Math.max(0, view.page), pages - 1);
  return { shown: matching.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE), page, pages, matching };
};
