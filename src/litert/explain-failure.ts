import { ReaderError } from '../shared/reader-error.ts';

/** What LiteRT was doing. */
export type Doing = 'load' | 'run';

/** Whether LiteRT's memory can no longer be trusted: its program stopped in the middle of something. */
export const isFatal = (error: unknown): boolean => error instanceof WebAssembly.RuntimeError;

/**
 * Says in a reader's words why LiteRT would not take or run a model.
 *
 * @param error - what it threw
 * @param log - what it wrote meanwhile; its lines of errors say more than what it throws
 */
export function explainFailure(error: unknown, log: readonly string[], doing: Doing): ReaderError {
  if (error instanceof ReaderError) return error;
  const thrown = error instanceof Error ? error.message : String(error);
  const said = [thrown, ...log.filter((line) => line.startsWith('ERROR'))]
    .flatMap((text) => text.split('\n'))
    .map((line) => line.replace(/^[└\s]*ERROR:\s*/, '').trim())
    .filter((line) => line !== '' && !/^\[[^\]]*\]$/.test(line));
  const elaborate = `LiteRT says: ${[...new Set(said)].join(' ').slice(0, 1_500) || thrown}`;

  const type = /Element type (\w+) is not supported/.exec(thrown)?.[1];
  if (type) {
    return new ReaderError({
      code: 'litert-refused',
      explain: `LiteRT takes and gives no ${type.toLowerCase()} in the browser, and an input or output of the model is of that type.`,
      elaborate,
      hint: 'withFloatIO(bytes) rewrites the file so that float32 goes in and comes out; what is between stays in integers.',
    });
  }
  if (isOutOfMemory(error, thrown)) {
    return new ReaderError({
      code: 'litert-out-of-memory',
      explain: 'LiteRT has not enough memory for this model.',
      elaborate,
      hint: 'Its memory ends at 2 GB: make the model, or its inputs, smaller.',
    });
  }
  if (isFatal(error)) {
    return new ReaderError({
      code: 'litert-crashed',
      explain: `LiteRT stopped while it ${doing === 'load' ? 'loaded' : 'ran'} the model.`,
      elaborate,
      hint: 'The file may be damaged: convert the model again. LiteRT has to be opened anew.',
    });
  }
  if (doing === 'run') {
    return new ReaderError({
      code: 'litert-run-failed',
      explain: 'LiteRT could not run the model.',
      elaborate,
      hint: 'The Interpreter of the engine says which operator fails. A model whose tensors take more than 2 GB cannot run here.',
    });
  }
  return new ReaderError({
    code: 'litert-refused',
    explain: 'LiteRT refused the model.',
    elaborate,
    hint: 'The file may be damaged, or use an operator, or a version of one, that this LiteRT has not.',
  });
}

function isOutOfMemory(error: unknown, thrown: string): boolean {
  return (
    error instanceof RangeError ||
    /out of memory|cannot enlarge memory|bad_alloc|\bOOM\b/i.test(thrown)
  );
}
