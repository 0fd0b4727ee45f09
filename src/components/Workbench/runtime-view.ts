import { make } from '../live/dom.ts';
import { numberTable } from './number-table.ts';
import { formatNumber } from '../Output/format-number.ts';
import { grouped } from './device-fit.ts';
import type { RuntimeResult } from './protocol.ts';

/** What the official runtime makes of the file: whether it agrees with the engine's interpreter, and how long it takes. */
export const runtimeView = ({ info, agreement, timing }: RuntimeResult): HTMLElement[] => {
  const { median, interval, p90, warning } = timing;
  return [
    numberTable({
      title: `LiteRT and the engine’s interpreter on ${agreement.examples} examples`,
      columns: [
        'Output',
        'Values',
        'The same',
        'One step apart',
        'Largest difference',
        'Same largest value',
      ],
      rows: agreement.outputs.map(({ name, elements, step, exact, offByOne, worst, sameClass }) => [
        name,
        grouped(elements),
        grouped(exact),
        step > 0 ? grouped(offByOne) : '—',
        step > 0 ? `${formatNumber(worst)} steps` : formatNumber(worst),
        sameClass === undefined ? '—' : `${sameClass} of ${agreement.examples}`,
      ]),
    }),
    make('p', {}, [
      make('b', { textContent: `${milliseconds(median)} an inference` }),
      `, the median of ${timing.samples.length} timings; the true median lies between ${milliseconds(interval.low)} and ${milliseconds(interval.high)} with 95% confidence. Nine of ten took no longer than ${milliseconds(p90)}.`,
    ]),
    make('p', {
      className: 'hw-note',
      textContent: `LiteRT ${info.version}, one thread${info.relaxedSimd ? ', relaxed SIMD' : ''}. XNNPACK rounds in other places than the reference kernels do: a step of difference is no error.${warning ? ` ${warning}` : ''}`,
    }),
  ];
};

/** Times down to a hundred nanoseconds. */
const milliseconds = (ms: number): string =>
  ms < 1
    ? `${formatNumber(Number((1000 * ms).toPrecision(3)))} µs`
    : `${formatNumber(Number(ms.toPrecision(3)))} ms`;
