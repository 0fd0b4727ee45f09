import { folded } from './student-name.ts';

/**
 * Rows of a table by what Blackboard writes before `_attempt_`: the title of the task, an underscore, the login. Where
 * the login begins is told by the logins of the table and by the title, which most files of a batch have in common:
 * `HW_john_doe` is not of the student `doe` where others begin with `HW_` alone.
 *
 * @param logins - rows by login, folded
 * @param accounts - of the whole batch
 */
export const accountRows = (
  logins: ReadonlyMap<string, number[]>,
  accounts: readonly string[],
): ((account: string) => number[] | undefined) => {
  const different = new Set(accounts.map(folded));
  const shared = new Map<string, number>();
  for (const account of different) {
    for (const { title } of cuts(account)) shared.set(title, (shared.get(title) ?? 0) + 1);
  }
  return (account) => {
    const rows = cuts(folded(account)).flatMap(({ title, login }) =>
      (shared.get(title) ?? 0) > different.size / 2 ? (logins.get(login) ?? []) : [],
    );
    return rows.length === 0 ? undefined : rows;
  };
};

/** At each underscore: what stands before it and what after. */
const cuts = (account: string): { title: string; login: string }[] =>
  [...account.matchAll(/_/gu)].map(({ index }) => ({
    title: account.slice(0, index),
    login: account.slice(index + 1),
  }));
