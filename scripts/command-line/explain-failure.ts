import { ReaderError } from '../../src/shared/reader-error.ts';
import { UsageError } from './usage-error.ts';

/** How a process ends that did not do all that it was asked for. */
export const EXIT_CODES = {
  refused: 1,
  usage: 2,
  /** As shells count a process that Ctrl-C ended. */
  stopped: 130,
} as const;

/**
 * Says on stderr what went wrong, in words where it was foreseen.
 *
 * @param usage how the command is called, told when it was called wrongly
 * @returns how the process is to end
 */
export function explainFailure(error: unknown, usage: string): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    return EXIT_CODES.usage;
  }
  if (error instanceof ReaderError) {
    const { explain, elaborate, hint } = error;
    console.error([explain, elaborate, hint].filter(Boolean).join('\n'));
    return error.code === 'stopped' ? EXIT_CODES.stopped : EXIT_CODES.refused;
  }
  console.error(error);
  return EXIT_CODES.refused;
}
