/**
 * Grades hand-ins from the command line: what the Grade page does, by the same code, in headless Chromium.
 *
 *   npm run grade -- hand-ins.zip --assignment assignment.json --out marks.csv
 *   npm run grade -- --help
 */
import { EXIT_CODES, explainFailure } from './command-line/explain-failure.ts';
import { ProgressLine } from './command-line/progress-line.ts';
import { readArguments, USAGE } from './grade/arguments.ts';

const controller = new AbortController();
const progress = new ProgressLine(process.stderr);
// Schedulers end a job by the second; both leave results that --resume goes on from.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => controller.abort());
}

try {
  const args = readArguments(process.argv.slice(2));
  if (args === 'help') console.log(USAGE);
  else {
    // Only now what takes a while to load: help comes at once.
    const summary =
      args.command === 'merge'
        ? await (await import('./grade/merge-results.ts')).mergeResults(args)
        : await (
            await import('./grade/grade-folder.ts')
          ).gradeFolder(args, { signal: controller.signal, onProgress: progress.show });
    progress.clear();
    console.log(summary.text);
    if (summary.stopped) process.exitCode = EXIT_CODES.stopped;
    else if (summary.failed > 0) process.exitCode = EXIT_CODES.refused;
  }
} catch (error) {
  progress.clear();
  process.exitCode = explainFailure(error, USAGE);
}
