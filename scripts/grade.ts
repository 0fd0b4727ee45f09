/**
 * Grades hand-ins from the command line: what the Grade page does, by the same code, in headless Chromium.
 *
 *   npm run grade -- hand-ins.zip --assignment assignment.json --out marks.csv
 *   npm run grade -- --help
 */
import { ReaderError } from '../src/shared/reader-error.ts';
import { ProgressLine } from './compress/progress-line.ts';
import { readArguments, USAGE, UsageError } from './grade/arguments.ts';

/** As shells count a process that Ctrl-C ended. */
const EXIT_STOPPED = 130;
const EXIT_USAGE = 2;
const EXIT_REFUSED = 1;

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
    if (summary.stopped) process.exitCode = EXIT_STOPPED;
    else if (summary.failed > 0) process.exitCode = EXIT_REFUSED;
  }
} catch (error) {
  progress.clear();
  process.exitCode = explain(error);
}

/** Says what went wrong, and how the process is to end. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
  if (error instanceof ReaderError) {
    const { explain: what, elaborate, hint } = error;
    console.error([what, elaborate, hint].filter(Boolean).join('\n'));
    return error.code === 'stopped' ? EXIT_STOPPED : EXIT_REFUSED;
  }
  console.error(error);
  return EXIT_REFUSED;
}
