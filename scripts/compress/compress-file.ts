import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { saveModel } from '../../src/engine/keras/index.ts';
import { compressModel, type RunControl } from '../../src/workbench/compress.ts';
import { classesOf } from '../../src/workbench/plan-data.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Arguments } from './arguments.ts';
import { requireWritable, writeWhole } from './files.ts';
import { openModel } from './open-model.ts';
import { readData } from './read-data.ts';
import { summary, writeReport } from './summary.ts';

/** Opens, compresses, writes and tells. */
export async function compressFile(args: Arguments, control: RunControl): Promise<void> {
  const { input, output, h5, keras, report: reportPath, options } = args;
  if (output === undefined) throw new UsageError('Say where the file goes: -o OUT.tflite.');
  requireWritable([output, h5, keras, reportPath], args);
  await startTensorFlow();
  const { model, source } = await openModel(input);
  const shape = model.inputs[0]!.shape.slice(1);
  const { notes, ...data } = await readData(args, shape, classesOf(model));
  for (const note of notes) console.error(note);
  const made = await compressModel(model, { ...options, ...data, source }, control);
  const { report } = made;
  for (const { text } of report.warnings) console.error(text);
  // All are made before the first is written: a refusal leaves nothing half done.
  const files: [string, Uint8Array][] = [[output, made.tflite]];
  if (h5 !== undefined) files.push([h5, await saveModel(made.model, 'model.h5')]);
  if (keras !== undefined) files.push([keras, await saveModel(made.model, 'model.keras')]);
  for (const [path, bytes] of files) await writeWhole(path, bytes);
  if (reportPath !== undefined) await writeReport(reportPath, report);
  console.log(summary(report));
  for (const [path] of files) console.log(`written: ${path}`);
}
