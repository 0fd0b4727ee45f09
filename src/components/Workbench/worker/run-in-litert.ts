import { withFloatIO } from '../../../engine/tflite/with-float-io.ts';
import { agreementReport } from '../../../litert/agreement.ts';
import { openLiteRt } from '../../../litert/runtime.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import type { RunControl } from '../../../workbench/progress.ts';
import type { AnyReport, RuntimeResult } from '../protocol.ts';

/** Timed runs: enough for an interval that is narrow. */
const REPETITIONS = 50;

/**
 * Runs a file in the official runtime, on the inputs of the report: how far it agrees with our interpreter, and how
 * long it takes. LiteRT is ended afterwards, and gives its memory back.
 */
export const runInLiteRt = async (
  tflite: Uint8Array,
  { reference }: AnyReport,
  base: string,
  { signal, onProgress = () => undefined }: RunControl,
): Promise<RuntimeResult> => {
  const examples = reference?.examples.map(({ inputs }) => inputs) ?? [];
  if (examples.length === 0) {
    throw new ReaderError({
      code: 'inputs-not-floats',
      explain:
        'The file takes something other than real numbers, which LiteRT in the browser does not.',
    });
  }
  const runtime = await openLiteRt({
    base,
    onProgress: (loaded, total) => onProgress(loaded, total, 'fetching LiteRT'),
    ...(signal && { signal }),
  });
  try {
    const file = withFloatIO(tflite);
    onProgress(0, 1, 'running the file in LiteRT');
    const agreement = await agreementReport(file, examples, (bytes, inputs) =>
      runtime.run(bytes, inputs),
    );
    onProgress(0, 1, 'measuring how long an inference takes');
    const timing = await runtime.time(file, examples[0]!, { repetitions: REPETITIONS });
    return { info: runtime.info, agreement, timing };
  } finally {
    runtime.stop();
  }
};
