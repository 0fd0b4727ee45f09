import { make } from '../live/dom.ts';
import { foldedTable, type TableData } from '../Output/data-table.ts';
import { formatBytes, formatElapsed, formatNumber } from '../Output/format-number.ts';
import { visibleText } from '../Output/visible-text.ts';
import type { Accuracy } from '../../engine/evaluation/accuracy.ts';
import type { CompressionReport } from '../../workbench/report.ts';
import { grouped } from './device-fit.ts';
import { numberTable } from './number-table.ts';
import { breathe } from './parts.ts';
import type { AnyReport, RunResult } from './protocol.ts';

/** The few numbers that matter most, before and after. */
export const headline = ({ report, elapsedMs }: RunResult): HTMLElement => {
  const [first, last] = [report.sizes[0]!, report.sizes.at(-1)!];
  const facts: [string, string][] = [
    report.kind === 'compression'
      ? ['Size', `${formatBytes(first.bytes)} → ${formatBytes(last.bytes)}`]
      : ['Size', formatBytes(last.bytes)],
    ...(report.kind === 'compression'
      ? [['Times smaller', times(last.ratio)] as [string, string]]
      : []),
    ...rightOf(report),
    ['Measured in', formatElapsed(elapsedMs)],
  ];
  return make(
    'dl',
    { className: 'workbench-headline' },
    facts.map(([term, text]) =>
      make('div', {}, [make('dt', { textContent: term }), make('dd', { textContent: text })]),
    ),
  );
};

const times = (ratio: number): string => formatNumber(Number(ratio.toPrecision(3)));
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

const rightOf = (report: AnyReport): [string, string][] => {
  if (report.kind === 'evaluation') {
    return report.accuracy ? [['Right', percent(report.accuracy.measured.accuracy)]] : [];
  }
  const { accuracy, agreement, outputSqnr } = report;
  if (accuracy) {
    return [
      ['Right', `${percent(accuracy.before.accuracy)} → ${percent(accuracy.after.accuracy)}`],
    ];
  }
  if (agreement)
    return [['Same answer', `${grouped(agreement.same)} of ${grouped(agreement.total)}`]];
  return [['Signal to noise', decibels(outputSqnr)]];
};

const decibels = (value: number): string =>
  Number.isFinite(value) ? `${value.toFixed(1).replace('-', '−')} dB` : 'no error';

/** What the reader should know, each a sentence. */
export const warningList = ({ warnings }: AnyReport): HTMLElement[] =>
  warnings.length === 0
    ? []
    : [
        make('h3', { textContent: 'To know' }),
        make(
          'ul',
          { className: 'workbench-warnings' },
          warnings.map(({ code, text }) => {
            const item = make('li', { textContent: visibleText(text) });
            item.dataset['code'] = code;
            return item;
          }),
        ),
      ];

/** All that was measured, as tables and a plot; the page has time for other things between any two parts. */
export async function* details(report: AnyReport, width: number): AsyncGenerator<HTMLElement[]> {
  const isMade = report.kind === 'compression';
  yield sizeSection(report);
  await breathe();
  if (isMade) yield storage(report);
  await breathe();
  yield accuracySection(report);
  if (isMade) {
    const { layerPlot } = await import('./layer-plot.ts');
    await breathe();
    yield layerSection(report, layerPlot(report.layers, width));
  }
  await breathe();
  yield more(report);
}

const sizeSection = ({ sizes }: AnyReport): HTMLElement[] => [
  make('h3', { textContent: 'Sizes' }),
  numberTable({
    title: 'Files',
    columns: ['File', 'Bytes', 'Through gzip', 'Smaller by'],
    rows: sizes.map(({ name, bytes, gzipBytes, ratio }) => [
      name,
      grouped(bytes),
      grouped(gzipBytes),
      `${times(ratio)} ×`,
    ]),
  }),
];

const more = (report: AnyReport): HTMLElement[] => [
  make('h3', { textContent: 'More' }),
  foldedTable('Operators of the file', () => ({
    columns: ['Operator', 'Version', 'Times'],
    rows: report.operators.map(({ code, version, count }) => [code, version, count]),
  })),
  foldedTable('How long each step took', () => ({
    columns: ['Step', 'Seconds'],
    rows: report.times.map(({ step, milliseconds }) => [step, (milliseconds / 1000).toFixed(2)]),
  })),
];

const storage = ({ storage: ledger }: CompressionReport): HTMLElement[] => {
  if (!ledger) {
    return [
      make('p', {
        className: 'hw-note',
        textContent: 'The model is too large to store its weights in every way here.',
      }),
    ];
  }
  const after = new Map(ledger.after.map((row) => [row.name, row]));
  const table = numberTable(
    {
      title: 'The weights alone, stored in many ways, in bytes',
      columns: ['Way', 'Before', 'After', 'Exact', 'What the bytes hold'],
      rows: ledger.before.map(({ name, bytes, lossless, note }) => [
        name,
        grouped(bytes),
        grouped(after.get(name)?.bytes ?? bytes),
        lossless ? 'yes' : 'no',
        note,
      ]),
    },
    ['Exact', 'What the bytes hold'],
  );
  table.classList.add('workbench-ledger');
  return [table];
};

const accuracySection = (report: AnyReport): HTMLElement[] => {
  const row = (
    name: string,
    { correct, total, accuracy, interval }: Accuracy,
  ): TableData['rows'][number] => [
    name,
    `${grouped(correct)} of ${grouped(total)}`,
    percent(accuracy),
    `${percent(interval.low)} to ${percent(interval.high)}`,
  ];
  const table = (rows: TableData['rows'], source: string): HTMLElement =>
    numberTable({
      title: `Right answers on ${source}`,
      columns: ['Model', 'Right', 'Share', '95% interval'],
      rows,
    });
  const heading = make('h3', { textContent: 'Accuracy' });
  if (report.kind === 'evaluation') {
    const { accuracy } = report;
    return accuracy ? [heading, table([row('The file', accuracy.measured)], accuracy.source)] : [];
  }
  const { accuracy, agreement } = report;
  const says = agreement
    ? [
        make('p', {
          textContent: `The two models give the same answer for ${grouped(agreement.same)} of ${grouped(agreement.total)} examples.`,
        }),
      ]
    : [];
  if (!accuracy) return says.length > 0 ? [make('h3', { textContent: 'Agreement' }), ...says] : [];
  const { before, after, mcNemar, source } = accuracy;
  const rows = [row('As it was', before), row('Compressed', after)];
  const chance = make('p', {
    className: 'hw-note',
    textContent: `${grouped(mcNemar.onlyFirst)} were right before and are wrong now, ${grouped(mcNemar.onlySecond)} the other way round; by chance alone a difference as large comes with p = ${formatNumber(Number(mcNemar.pValue.toPrecision(2)))} (McNemar).`,
  });
  return [heading, table(rows, source), chance, ...says];
};

const layerSection = (
  { layers, outputSqnr }: CompressionReport,
  plot: HTMLElement | undefined,
): HTMLElement[] => [
  make('h3', { textContent: 'Error, layer by layer' }),
  make('p', { textContent: `What comes out of the model: ${decibels(outputSqnr)}.` }),
  ...(plot ? [plot] : []),
  numberTable({
    title: 'Against the model as it was',
    columns: ['Layer', 'Signal to noise', 'Lost here', 'Error in steps'],
    rows: layers.map(({ layer, sqnr, sqnrLoss, errorInSteps }) => [
      layer,
      decibels(sqnr),
      Number.isFinite(sqnrLoss) ? decibels(sqnrLoss) : '—',
      errorInSteps === undefined ? '—' : errorInSteps.toFixed(2),
    ]),
  }),
];
