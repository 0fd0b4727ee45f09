import { make } from '../live/dom.ts';
import { formatBytes, formatNumber } from '../Output/format-number.ts';
import { visibleText } from '../Output/visible-text.ts';
import { grouped } from './device-fit.ts';
import { binEdges, layerRows, shapeText, type LayerRow, type RowWeight } from './layer-rows.ts';
import { breathe } from './parts.ts';
import { errorNotice } from '../Output/error-notice.ts';
import type { OpenModel } from './protocol.ts';

/** Rows put on the page: more make a phone slow, and nobody reads them. */
const MOST_ROWS = 400;

const COLUMNS = ['Layer', 'Kind', 'Gives', 'Parameters', 'Bytes', 'Multiplications', 'Zeros'];

/**
 * Shows what is in a model: its totals, a table of its layers, and how the weights of the chosen layer are spread; the
 * page has time for other things between them.
 *
 * @param inside - the place of the table
 * @param histogram - the place of the plot
 */
export const showInspection = async (
  inside: HTMLElement,
  histogram: HTMLElement,
  open: OpenModel,
): Promise<void> => {
  const rows = layerRows(open.inspection);
  const buttons: HTMLButtonElement[] = [];
  const choose = (index: number): void => {
    buttons.forEach((button, i) => {
      button.setAttribute('aria-pressed', String(i === index));
    });
    showWeights(histogram, rows[index]!);
  };
  const body = make(
    'tbody',
    {},
    rows.slice(0, MOST_ROWS).map((row, index) => {
      const button = make('button', { type: 'button', textContent: visibleText(row.name) });
      button.setAttribute('aria-pressed', 'false');
      button.addEventListener('click', () => {
        choose(index);
      });
      buttons.push(button);
      return tableRow(row, button);
    }),
  );
  const caption =
    open.inspection.kind === 'model'
      ? 'Layers; choose one to see its weights'
      : 'Operators; choose one to see its weights';
  const table = make('table', {}, [
    make('caption', { textContent: caption }),
    make('thead', {}, [
      make(
        'tr',
        {},
        COLUMNS.map((textContent) => make('th', { scope: 'col', textContent })),
      ),
    ]),
    body,
  ]);
  const frame = make('div', { className: 'hw-table workbench-layers', tabIndex: 0 }, [table]);
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', caption);
  inside.replaceChildren(totals(open), ...problemOf(open), frame);
  if (rows.length > MOST_ROWS) {
    inside.append(
      make('p', {
        className: 'hw-note',
        textContent: `${grouped(rows.length - MOST_ROWS)} more are not shown.`,
      }),
    );
  }
  const largest = rows
    .slice(0, MOST_ROWS)
    .reduce((best, { parameters }, i) => (parameters > rows[best]!.parameters ? i : best), 0);
  await breathe();
  if (rows.length > 0) choose(largest);
  else histogram.replaceChildren();
};

const tableRow = (row: LayerRow, button: HTMLButtonElement): HTMLTableRowElement => {
  const { kind, output, parameters, bytes, macs, zeros } = row;
  const number = (value: number | undefined): HTMLTableCellElement =>
    make('td', { className: 'hw-number', textContent: value === undefined ? '—' : grouped(value) });
  return make('tr', {}, [
    make('th', { scope: 'row' }, [button]),
    make('td', { textContent: visibleText(kind) }),
    make('td', { textContent: output }),
    number(parameters),
    number(bytes),
    number(macs),
    number(zeros),
  ]);
};

const totals = ({ name, fileBytes, inspection }: OpenModel): HTMLElement => {
  const entries: [string, string][] = [
    ['File', `${visibleText(name)}, ${formatBytes(fileBytes)}`],
    ...ends(inspection),
    ['Parameters', grouped(inspection.totals.parameters)],
    [
      'Multiplications for one example',
      inspection.totals.macs === undefined ? 'not known' : grouped(inspection.totals.macs),
    ],
    ['Weights that are zero', share(inspection.totals.zeros, inspection.totals.parameters)],
  ];
  return make(
    'dl',
    { className: 'workbench-facts' },
    entries.map(([term, text]) =>
      make('div', {}, [make('dt', { textContent: term }), make('dd', { textContent: text })]),
    ),
  );
};

const ends = (inspection: OpenModel['inspection']): [string, string][] => {
  if (inspection.kind === 'model') {
    const list = (all: readonly { shape: number[] }[]): string =>
      all.map(({ shape }) => shapeText(shape)).join(' and ');
    return [
      ['Takes', list(inspection.inputs)],
      ['Gives', list(inspection.outputs)],
    ];
  }
  const list = (indices: readonly number[]): string =>
    indices
      .map((index) => inspection.tensors[index])
      .map((tensor) => (tensor ? `${shapeText(tensor.shape)} ${tensor.type}` : 'nothing known'))
      .join(' and ');
  return [
    ['Takes', list(inspection.inputs)],
    ['Gives', list(inspection.outputs)],
  ];
};

const share = (some: number, all: number): string =>
  some === 0
    ? 'none'
    : `${grouped(some)}, ${formatNumber(Number(((100 * some) / all).toPrecision(3)))}%`;

const problemOf = ({ inspection }: OpenModel): HTMLElement[] =>
  inspection.kind === 'tflite' && inspection.problem ? [errorNotice(inspection.problem)] : [];

/** The weights of a layer: the largest first, the others for the asking. */
const showWeights = (place: HTMLElement, { name, weights }: LayerRow): void => {
  const shown = visibleText(name);
  if (weights.length === 0) {
    place.replaceChildren(
      make('p', { className: 'hw-note', textContent: `${shown} has no weights.` }),
    );
    return;
  }
  const picture = make('div', { className: 'workbench-plot' });
  const select = make(
    'select',
    {},
    weights.map(({ label }, i) =>
      make('option', { value: String(i), textContent: visibleText(label) }),
    ),
  );
  const largest = weights.reduce((best, { size }, i) => (size > weights[best]!.size ? i : best), 0);
  select.value = String(largest);
  select.addEventListener('change', () => {
    void draw(picture, shown, weights[Number(select.value)]!);
  });
  const label = make('label', { className: 'workbench-pick' }, [`Weights of ${shown}: `, select]);
  place.replaceChildren(label, picture);
  void draw(picture, shown, weights[largest]!);
};

const draw = async (
  place: HTMLElement,
  layer: string,
  { label, summary, size }: RowWeight,
): Promise<void> => {
  const edges = binEdges(summary);
  const { min, max, zeros, histogram } = summary;
  const facts = make('p', {
    className: 'hw-note',
    textContent: `${grouped(size)} values from ${formatNumber(min)} to ${formatNumber(max)}, ${grouped(zeros)} of them 0.`,
  });
  if (edges === undefined) {
    place.replaceChildren(facts);
    return;
  }
  const { plotFigure } = await import('../Output/plot-figure.ts');
  await breathe();
  const figure = plotFigure(
    {
      kind: 'plot',
      plot: 'histogram',
      title: `${layer}: ${label}`,
      xLabel: 'value',
      yLabel: 'weights',
      series: [{ name: label, x: edges, y: histogram.counts }],
    },
    Math.max(280, Math.min(720, place.clientWidth || 600)),
  );
  place.replaceChildren(figure, facts);
};
