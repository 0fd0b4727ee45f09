import type { CheckReport, CheckRequest } from '../../runtime/protocol.ts';
import type { GradeContext } from './graded.ts';

type Running = Pick<GradeContext, 'runner' | 'signal'>;

/**
 * Runs a request; a second time if the sandbox went away under it, since many of them share this machine's memory: what
 * ends the second is the program's own doing.
 *
 * @throws the signal's reason once grading is stopped, so that no mark is made of a run that was cut short
 */
export const judgeAgain = async (
  request: CheckRequest,
  { runner, signal }: Running,
): Promise<CheckReport> => {
  const run = async (): Promise<CheckReport> => {
    signal?.throwIfAborted();
    const report = await runner(request, signal);
    signal?.throwIfAborted();
    return report;
  };
  const first = await run();
  return first.error?.code === 'ended-early' ? run() : first;
};

/**
 * Whether a report is empty because its checks could not be loaded. A program can throw an error that looks the same, so the
 * checks are tried on one that does nothing.
 */
export const areChecksBroken = async (
  { results, error }: CheckReport,
  request: CheckRequest,
  context: Running,
): Promise<boolean> => {
  if (results.length > 0 || error?.code !== 'check-defect') return false;
  // It lacks every entry: checks that load are then reported, each as not run.
  const control = await judgeAgain({ ...request, code: 'export const nothing = 0;\n' }, context);
  return control.results.length === 0;
};
