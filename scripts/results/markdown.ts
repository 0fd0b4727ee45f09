/** A table of Markdown: the first column to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)];
}

/** A share in per cent with two decimals. */
export const percent = (part: number, whole: number): string => ((100 * part) / whole).toFixed(2);

/** A number with separators, as prose has it. */
export const grouped = (value: number): string => value.toLocaleString('en');
