import type { LedgerRow } from '../engine/compression/size-ledger.ts';
import type { Accuracy } from '../engine/evaluation/accuracy.ts';
import type { CompressionReport, EvaluationReport } from './report.ts';

type Row = readonly (string | number)[];

/** The report as a page of Markdown. */
export function reportMarkdown(report: CompressionReport | EvaluationReport): string {
  const { model, warnings, sizes } = report;
  const sections = [
    `# ${escape(model.source?.name ?? model.name)}, ${report.kind === 'compression' ? 'compressed' : 'measured'}`,
    ...(report.kind === 'compression' ? done(report) : []),
    warnings.length === 0
      ? ''
      : ['## What to know', ...warnings.map(({ text }) => `- ${escape(text)}`)].join('\n'),
    '## Size',
    table(
      ['', 'bytes', 'gzip', 'smaller'],
      sizes.map(({ name, bytes, gzipBytes, ratio }) => [
        name,
        count(bytes),
        count(gzipBytes),
        `${ratio.toFixed(2)} ×`,
      ]),
    ),
    ...(report.kind === 'compression' ? storage(report) : []),
    ...accuracySection(report),
    ...(report.kind === 'compression' ? layersSection(report) : []),
    '## Work and memory',
    table(
      ['', ''],
      [
        ['parameters', count(model.parameters)],
        ['multiplications for one example', count(report.macs)],
        ['weights, biases and scales', `${count(report.memory.flashBytes)} bytes`],
        [
          'tensor arena',
          `${count(report.memory.arenaBytes)} bytes, fullest at ${report.memory.peakAt}`,
        ],
        ...report.operators.map(({ code, version, count: n }): Row => [
          `${code}, version ${version}`,
          n,
        ]),
      ],
    ),
    table(
      ['device', 'fits'],
      report.devices.map(({ name, fits, problem }) => [name, fits ? 'yes' : `no: ${problem}`]),
    ),
    '## How it was made',
    table(
      ['', ''],
      [
        ['TensorFlow.js', `${report.versions.tensorflowjs}, ${report.versions.backend}`],
        ['.tflite schema', report.versions.tfliteSchema],
        ['seed', report.seed],
        ...report.times.map(({ step, milliseconds }): Row => [
          step,
          `${(milliseconds / 1000).toFixed(2)} s`,
        ]),
      ],
    ),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

function done({ choices, model }: CompressionReport): string[] {
  const { prune, cluster, mode, calibration } = choices;
  const steps: string[] = [];
  if (prune?.method === 'one-shot') {
    steps.push(`pruned at once: ${percent(prune.sparsity)} of each kernel's weights made zero`);
  }
  if (prune?.method === 'fine-tune') {
    steps.push(
      `pruned to ${percent(prune.sparsity)} zeros while training: ${prune.epochs} ${prune.epochs === 1 ? 'epoch' : 'epochs'} of ${count(prune.examples)} examples, batches of ${prune.batchSize}, Adam from ${prune.learningRate}`,
    );
  }
  if (cluster) steps.push(`clustered: at most ${cluster.clusters} values a kernel`);
  steps.push(`quantized: ${mode}, calibrated on ${calibration}`);
  steps.push(
    `${choices.inferenceInputType} goes in, ${choices.inferenceOutputType} comes out, one example at a time`,
  );
  const source = model.source ? ` of ${count(model.source.bytes)} bytes` : '';
  return [
    `The model ${escape(model.name)}${source}, ${count(model.parameters)} parameters, was`,
    steps.map((step, i) => `${i + 1}. ${escape(step)}`).join('\n'),
  ];
}

function storage({ storage: stored, sparsity }: CompressionReport): string[] {
  const zeros = sparsity
    ? [
        `Zeros in the kernels: ${percent(sparsity.before)} before, ${percent(sparsity.after)} after.`,
      ]
    : [];
  if (!stored) return zeros;
  const after = new Map(stored.after.map((row) => [row.name, row]));
  const rows = stored.before.map((row): Row => {
    const other = after.get(row.name) as LedgerRow;
    return [
      row.name,
      ...[row.bytes, row.gzipBytes, other.bytes, other.gzipBytes].map(count),
      row.note,
    ];
  });
  return [
    ...zeros,
    'All weights of the float model, stored in other ways, before and after pruning and clustering:',
    table(['', 'before', 'gzip', 'after', 'gzip', 'what is stored'], rows),
  ];
}

function accuracySection(report: CompressionReport | EvaluationReport): string[] {
  const row = (name: string, { correct, total, interval }: Accuracy): Row => [
    name,
    `${count(correct)} of ${count(total)}`,
    percent(correct / total),
    `${percent(interval.low)} … ${percent(interval.high)}`,
  ];
  const head = ['', 'right', '', '95 % interval (Wilson)'];
  if (report.kind === 'evaluation') {
    if (!report.accuracy) return [];
    const { source, measured } = report.accuracy;
    return [`## Accuracy on ${escape(source)}`, table(head, [row('the file', measured)])];
  }
  const { accuracy, agreement, outputSqnr } = report;
  const lines = [`What comes out has a signal to noise of ${decibels(outputSqnr)}.`];
  if (agreement) {
    lines.push(
      `The file answers as the model does for ${agreement.same} of ${agreement.total} examples.`,
    );
  }
  if (!accuracy) return ['## Answers', lines.join(' ')];
  const { source, before, after, mcNemar } = accuracy;
  lines.push(
    `Only the model is right ${mcNemar.onlyFirst} times, only the file ${mcNemar.onlySecond} times: p = ${mcNemar.pValue.toPrecision(2)} (McNemar).`,
  );
  return [
    `## Accuracy on ${escape(source)}`,
    table(head, [row('as it was', before), row('compressed', after)]),
    lines.join(' '),
  ];
}

function layersSection({ layers }: CompressionReport): string[] {
  return [
    '## Error layer by layer',
    table(
      ['layer', 'mean squared error', 'signal to noise', 'error in steps', 'lost by itself'],
      layers.map(({ layer, mse, sqnr, errorInSteps, sqnrLoss }) => [
        layer,
        mse.toExponential(2),
        decibels(sqnr),
        errorInSteps?.toFixed(2) ?? '',
        Number.isFinite(sqnrLoss) ? decibels(sqnrLoss) : '',
      ]),
    ),
  ];
}

function table(head: readonly string[], rows: readonly Row[]): string {
  const line = (cells: Row): string =>
    `| ${cells.map((cell) => escape(String(cell))).join(' | ')} |`;
  const rule = `|${head.map((_, i) => (i === 0 ? ' --- ' : ' ---: ')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const count = (value: number): string => value.toLocaleString('en-GB');
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const decibels = (value: number): string =>
  Number.isFinite(value) ? `${value.toFixed(1)} dB` : 'no error';

/** Names come from files: they must neither end a cell nor become markup. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
}
