import { reportMarkdown } from '../../src/workbench/report-markdown.ts';
import type { CompressionReport, EvaluationReport } from '../../src/workbench/report.ts';
import { writeWhole } from './files.ts';

type Report = CompressionReport | EvaluationReport;

/** What matters most, in a few lines. */
export function summary(report: Report): string {
  const lines = report.sizes.map(
    ({ name, bytes, gzipBytes }) => `${name}: ${count(bytes)} bytes, ${count(gzipBytes)} gzipped`,
  );
  if (report.kind === 'evaluation' && report.accuracy) {
    const { correct, total } = report.accuracy.measured;
    lines.push(`right: ${correct} of ${total}`);
  }
  if (report.kind === 'compression') {
    const { accuracy, agreement, sparsity } = report;
    if (report.choices.prune && sparsity) {
      lines.push(`zeros: ${(100 * sparsity.after).toFixed(1)} % of the kernels`);
    }
    if (accuracy) {
      lines.push(
        `right: ${accuracy.after.correct} of ${accuracy.after.total}; before ${accuracy.before.correct}`,
      );
    } else if (agreement) {
      lines.push(`same answer as before: ${agreement.same} of ${agreement.total}`);
    }
  }
  lines.push(
    `${count(report.macs)} multiplications, an arena of ${count(report.memory.arenaBytes)} bytes`,
    ...report.devices.map(({ name, fits, problem }) => `${name}: ${fits ? 'fits' : problem}`),
  );
  return lines.join('\n');
}

/** Writes the report as Markdown, or as data. Numbers that JSON lacks become texts. */
export async function writeReport(path: string, report: Report): Promise<void> {
  if (!path.toLowerCase().endsWith('.json')) return writeWhole(path, reportMarkdown(report));
  const plain = (_: string, value: unknown): unknown => {
    if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  };
  return writeWhole(path, `${JSON.stringify(report, plain, 2)}\n`);
}

const count = (value: number): string => value.toLocaleString('en-GB');
