import { basename } from 'node:path';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { Interpreter } from '../../src/engine/tflite/index.ts';
import { notRequantized } from '../../src/workbench/compress-options.ts';
import { evaluateTflite } from '../../src/workbench/evaluate.ts';
import type { RunControl } from '../../src/workbench/progress.ts';
import type { Arguments } from './arguments.ts';
import { readBytes, requireWritable } from './files.ts';
import { readData } from './read-data.ts';
import { summary, writeReport } from './summary.ts';

/** Looks into a .tflite file, measures it and tells; makes nothing of it. */
export async function measureFile(args: Arguments, control: RunControl): Promise<void> {
  const { input, output, h5, keras, report: reportPath, changes } = args;
  if (changes || output !== undefined || h5 !== undefined || keras !== undefined) {
    throw notRequantized();
  }
  requireWritable([reportPath], args);
  const tflite = await readBytes(input);
  await startTensorFlow();
  const interpreter = new Interpreter(tflite);
  const shape = interpreter.getInputDetails()[0]!.shape.slice(1);
  const [answer] = interpreter.getOutputDetails();
  const classes =
    answer!.shape.length === 2 && answer!.shape[1]! > 1 ? answer!.shape[1] : undefined;
  const { calibration, labelled, test, notes } = await readData(args, shape, classes);
  for (const note of notes) console.error(note);
  const { devices, seed, testExamples } = args.options;
  const report = await evaluateTflite(
    tflite,
    {
      source: { name: basename(input), bytes: tflite.length },
      ...(calibration && { examples: calibration }),
      ...((test ?? labelled) && { test: (test ?? labelled)! }),
      ...(devices && { devices }),
      ...(seed !== undefined && { seed }),
      ...(testExamples !== undefined && { testExamples }),
    },
    control,
  );
  for (const { text } of report.warnings) console.error(text);
  if (reportPath !== undefined) await writeReport(reportPath, report);
  console.log(summary(report));
}
