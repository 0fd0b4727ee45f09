import type { OutputAgreement } from '../../src/litert/agreement.ts';
import { grouped, percent, table } from '../results/markdown.ts';
import { agreed } from './collect.ts';
import type { ReferenceRun } from './reference-runs.ts';
import type { NetworkRow, OperatorRow, ReferenceRow, RefusedRow, Totals } from './collect.ts';
import { KNOWN_DIFFERENCES, knownDifference } from './known-differences.ts';
import type { Outcome } from './page.ts';
import { WAYS } from './single-operators.ts';

export interface Collected {
  /** Of LiteRT, and of the browser. */
  liteRt: string;
  browser: string;
  networks: NetworkRow[];
  operators: OperatorRow[];
  references: ReferenceRow[];
  /** Files with numbers of the official interpreter. */
  runs: ReferenceRun[];
  /** ResNet-8 in every mode. */
  resnet: NetworkRow[];
  refused: RefusedRow[];
}

/** docs/agreement.md */
export function renderAgreement(collected: Collected): string {
  const { liteRt, browser, networks, operators, references, runs, resnet, refused } = collected;
  return [
    '# Agreement with LiteRT',
    '',
    'Written by `npm run agreement`, which runs a browser; do not edit.',
    '',
    `The engine’s \`Interpreter\` and the official runtime, LiteRT ${liteRt} with XNNPACK in WebAssembly (one thread, relaxed`,
    `SIMD), ran the same bytes on the same inputs in ${browser}.`,
    '"Exact": the same float, or the same integer of a quantized output. Differences are in steps of the output’s scale',
    'where it is quantized, else absolute. Last digits of floats depend on the processor.',
    '',
    '## Against numbers of the official interpreter',
    '',
    ...renderRuns(runs),
    '',
    '## Files that the converter writes',
    '',
    'The four networks of the book on the first 20 test images of MNIST: lenet-300-100, lenet-5, bn-cnn and depthwise-net,',
    'which are not among the reference files and of which there are no reference numbers. LiteRT took every file; the one',
    'with int8 in and out as `withFloatIO` rewrites it. The probabilities of MNIST are nearly all 0 or 1, where anything',
    'agrees: the columns of logits are the same file without its softmax.',
    '',
    ...table(
      ['network', 'mode', 'bytes', 'exact %', 'within 1 step %', 'worst', 'same class', ...LOGITS],
      networks.map(({ network, mode, bytes, outcome, logits }) => [
        network,
        mode,
        grouped(bytes),
        ...cells(outcome),
        ...cells(logits).slice(0, 3),
      ]),
    ),
    '',
    ...renderResnet(resnet),
    '## Operators',
    '',
    'Each alone, on 10 random inputs: exact per cent, and the worst difference.',
    '',
    ...renderOperators(operators),
    '',
    'Known differences:',
    '',
    ...KNOWN_DIFFERENCES.map(({ title, way, why }) => `- ${title}, ${way}: ${why}`),
    '- What moves int16 unchanged differs in one value of two thousand: those are of the QUANTIZE before it, where LiteRT',
    '  rounds another quotient than the float32 one of the reference.',
    '',
    '## Why whole networks of integers differ by more than their operators',
    '',
    'XNNPACK scales its sums in float32 where the reference rounds twice in fixed point, so that about one value of a',
    'thousand falls to the other side of a half. The next layer takes that step for a value, and a softmax magnifies what',
    'comes out. Alone, no operator of these files is more than a step off:',
    '',
    ...table(
      ['int8 operators of', 'values', 'exact %', 'worst, steps'],
      [
        ...[...networks, ...resnet].flatMap(({ network, alone }) =>
          alone ? [aloneCells(network, alone)] : [],
        ),
        ...references.flatMap(({ title, alone }) => (alone ? [aloneCells(title, alone)] : [])),
      ],
    ),
    '',
    '## Files of the official converter',
    '',
    ...renderReferences(references),
    '',
    '## What LiteRT refuses in the browser',
    '',
    ...refused.map(
      ({ title, refusal, rewritten }) =>
        `- ${title}: \`${refusal?.code}\`. ${refusal?.elaborate ?? refusal?.explain}${rewritten ? ' Rewritten by `withFloatIO` it runs.' : ''}`,
    ),
    '',
  ].join('\n');
}

function renderRuns(rows: readonly ReferenceRun[]): string[] {
  if (rows.length === 0) return [NOT_HERE];
  return [
    'The reference interpreter of TensorFlow Lite Micro ran the files once; its inputs and outputs are kept in',
    '`tests/golden/`. The engine runs the same inputs, in the types of the file; LiteRT runs them with floats in and out, and is',
    'held against the engine. Where the engine is exact, LiteRT’s columns say how far it is from the reference as well.',
    '',
    ...table(
      [
        'file',
        'runs',
        'values',
        'engine: exact %',
        'worst',
        'LiteRT: exact %',
        'within 1 step %',
        'worst',
      ],
      rows.map(({ title, runs, values, exact, worst, isInteger, outcome }) => [
        title,
        grouped(runs),
        grouped(values),
        percent(exact, values),
        isInteger || worst === 0 ? `${worst}${isInteger ? ' steps' : ''}` : worst.toExponential(1),
        ...(outcome ? cells(outcome).slice(0, 3) : ['', '', '']),
      ]),
    ),
  ];
}

function renderResnet(rows: readonly NetworkRow[]): string[] {
  if (rows.length === 0) return [];
  return [
    'ResNet-8, opened from `pretrainedResnet.h5` and written by our converter, on 20 random inputs, calibrated on 32 others.',
    'Its int8 weights are the official file’s, all 77,360 of them (`tests/golden/resnet8-weights.test.ts`).',
    'Dynamic range differs most: the shortcuts are 1×1 convolutions, a known difference below.',
    '',
    ...table(
      ['file', 'mode', 'bytes', 'exact %', 'within 1 step %', 'worst', 'same class', ...LOGITS],
      rows.map(({ network, mode, bytes, outcome, logits }) => [
        network,
        mode,
        grouped(bytes),
        ...cells(outcome),
        ...cells(logits).slice(0, 3),
      ]),
    ),
    '',
  ];
}

const NOT_HERE = 'They did not stand beside the repository when this was written.';
const LOGITS = ['logits: exact %', 'within 1 step %', 'worst'];

function cells(outcome: Outcome): string[] {
  if ('error' in outcome) return [`refused: ${outcome.error.code}`, '', '', ''];
  const [output] = outcome.report.outputs;
  const { elements, exact, offByOne, step, sameClass } = output!;
  return [
    percent(exact, elements),
    step > 0 ? percent(exact + offByOne, elements) : '',
    worstOf(output!),
    sameClass === undefined ? '' : `${sameClass} of ${outcome.report.examples}`,
  ];
}

function worstOf({ step, worst }: OutputAgreement): string {
  if (step === 0) return worst === 0 ? '0' : worst.toExponential(1);
  return `${worst} ${worst === 1 ? 'step' : 'steps'}`;
}

function renderOperators(rows: readonly OperatorRow[]): string[] {
  const titles = [...new Set(rows.map(({ title }) => title))];
  return table(
    ['operator', ...WAYS],
    titles.map((title) => [
      title,
      ...WAYS.map((way) => {
        const row = rows.find((each) => each.title === title && each.way === way);
        if (!row) return '';
        if (knownDifference(title, way)?.most === Infinity) return 'of no use';
        const output = agreed(row.outcome);
        return `${percent(output.exact, output.elements)} (${worstOf(output)})`;
      }),
    ]),
  );
}

const aloneCells = (title: string, { elements, exact, worst }: Totals): string[] => [
  title,
  grouped(elements),
  percent(exact, elements),
  String(worst),
];

function renderReferences(rows: readonly ReferenceRow[]): string[] {
  if (rows.length === 0) return [NOT_HERE];
  return [
    'The sine of TensorFlow Lite Micro and the ResNet-8 of MLPerf Tiny, on 20 random inputs, each with floats in and out and',
    'a batch of 1, as `withFloatIO` writes them. Random inputs are harder than photographs: no class stands out.',
    '',
    ...table(
      ['file', 'as it is', 'exact %', 'within 1 step %', 'worst', 'same class'],
      rows.map(({ title, refusal, outcome }) => [
        title,
        refusal ? 'refused' : 'taken',
        ...cells(outcome),
      ]),
    ),
  ];
}
