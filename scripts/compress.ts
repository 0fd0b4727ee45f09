/**
 * Makes a Keras file smaller, from the command line: what the Workbench does in the browser, by the same code.
 *
 *   npm run compress -- model.h5 --mode int8 --calibration data.npz --prune 0.9 -o model.tflite
 *   npm run compress -- --help
 */
import { explainFailure } from './command-line/explain-failure.ts';
import { ProgressLine } from './command-line/progress-line.ts';
import { readArguments, USAGE } from './compress/arguments.ts';

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
  process.exitCode = explainFailure(error, USAGE);
}
