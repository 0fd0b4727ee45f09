import { dataTable, type TableData } from '../Output/data-table.ts';

/** A table whose columns from the second on are numbers, written as texts: they stand flush right. */
export const numberTable = (data: TableData, words: readonly string[] = []): HTMLElement => {
  const frame = dataTable(data);
  data.columns.forEach((column, index) => {
    if (index === 0 || words.includes(column)) return;
    for (const cell of frame.querySelectorAll(`tr > :nth-child(${index + 1})`)) {
      cell.classList.add('hw-number');
    }
  });
  return frame;
};
