/** What each section of the book holds, beside what it must hold: `npm run content:report`. */
import {
  BOOK_LEASTS,
  boundFaults,
  countSection,
  sumCounts,
  type SectionCount,
} from '../src/build/section-counts.ts';
import { sectionSources } from '../src/build/section-sources.ts';

const sections = sectionSources();
const columns = Object.keys(sumCounts([])) as (keyof SectionCount)[];

const rows: string[][] = [['', ...columns]];
const rule = (): void => void rows.push([]);
const line = (name: string, count: Partial<Record<keyof SectionCount, number | string>>): void => {
  rows.push([name, ...columns.map((column) => String(count[column] ?? ''))]);
};

rule();
for (const chapter of new Set(sections.map((section) => section.chapter))) {
  const own = sections.filter((section) => section.chapter === chapter);
  for (const section of own)
    line(`${section.number} ${titleOf(section.slug)}`, countSection(section));
  line(`chapter ${Number.parseInt(chapter, 10)}`, sumCounts(own.map(countSection)));
  rule();
}
for (const { what, upTo, least } of BOOK_LEASTS) {
  const total = sumCounts(
    sections.filter(({ number }) => Number.parseInt(number, 10) <= upTo).map(countSection),
  );
  line(what, total);
  line('  is to hold', Object.fromEntries(entriesOf(least).map(([key, n]) => [key, `≥ ${n}`])));
  line(
    '  still to come',
    Object.fromEntries(
      entriesOf(least).map(([key, n]) => [key, total[key] >= n ? '—' : n - total[key]]),
    ),
  );
}
console.log(table(rows));

const faults = sections.flatMap(boundFaults);
for (const fault of faults) console.error(fault);
if (sections.length === 0) console.error('content/chapters: no section.');
if (faults.length > 0 || sections.length === 0) process.exitCode = 1;

function entriesOf(
  least: Partial<Record<keyof SectionCount, number>>,
): [keyof SectionCount, number][] {
  return Object.entries(least) as [keyof SectionCount, number][];
}

/** `03-the-first-weight` → `the first weight`. */
function titleOf(slug: string): string {
  return slug.replace(/^\d+-/, '').replaceAll('-', ' ');
}

/** Names to the left, numbers to the right; an empty row is a line. */
function table(cells: readonly string[][]): string {
  const widths = [...cells[0]!.keys()].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row) =>
      row.length === 0
        ? widths.map((width) => '─'.repeat(width)).join('  ')
        : row
            .map((cell, column) =>
              column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
            )
            .join('  '),
    )
    .join('\n');
}
