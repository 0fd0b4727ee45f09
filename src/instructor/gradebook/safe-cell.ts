/** What programs of tables take for the beginning of a formula; in East Asia, the wide signs too. */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u;
/** Characters that are in no table: the first of them ends the text in some programs. */
const UNSEEN = /(?![\t\r\n])\p{Cc}/gu;

/**
 * A value as it may stand in a table that other programs open: a text that they would run as a formula gets an
 * apostrophe before it; a number stays one.
 *
 * @param value - numbers that are none (NaN, infinite) give an empty cell, as undefined does
 */
export const safeCell = (value: string | number | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = value.replace(UNSEEN, '');
  return FORMULA.test(text) ? `'${text}` : text;
};

/** A cell as it is written: in quotation marks where it holds what separates cells anywhere, or rows. */
export const csvCell = (text: string): string =>
  /[",;\t|\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** A row of a table, each of its values made safe. */
export const csvLine = (values: readonly (string | number | undefined)[]): string =>
  values.map((value) => csvCell(safeCell(value))).join(',');
