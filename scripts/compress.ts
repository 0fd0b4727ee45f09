/**
 * Makes a Keras file smaller, from the command line: what the Workbench does in the browser, by the same code.
 *
 *   npm run compress -- model.h5 --mode int8 --calibration data.npz --prune 0.9 -o model.tflite
 *   npm run compress -- --help
 */
import { ReaderError } from '../src/shared/reader-error.ts';
import { readArguments, USAGE, UsageError } from './compress/arguments.ts';
import { ProgressLine } from './compress/progress-line.ts';

/** As shells count a process that Ctrl-C ended. */
const EXIT_STOPPED = 130;
const EXIT_USAGE = 2;
const EXIT_REFUSED = 1;

const controller = new AbortController();
const progress = new ProgressLine(process.stderr);
process.once('SIGINT', () => controller.abort());

try {
  const args = readArguments(process.argv.slice(2));
  if (args === 'help') console.log(USAGE);
  else {
    const control = { signal: controller.signal, onProgress: progress.show };
    // Only now TensorFlow.js, which takes a second: help comes at once.
    if (/\.tflite$/i.test(args.input)) {
      const { measureFile } = await import('./compress/measure-file.ts');
      await measureFile(args, control);
    } else {
      const { compressFile } = await import('./compress/compress-file.ts');
      await compressFile(args, control);
    }
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
