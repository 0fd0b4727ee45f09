import { mustRunWhole } from './light-realm.ts';
import type { CheckReport } from './protocol.ts';
import type { RunHandle } from './run-process.ts';

/** A check in a light realm; from its beginning in a whole one if the light one had not enough. */
export const lightCheck = (
  light: RunHandle<CheckReport>,
  startWhole: () => RunHandle<CheckReport>,
): RunHandle<CheckReport> => {
  let current = light;
  let stopped = false;
  return {
    done: light.done.then((report) => {
      if (stopped || !mustRunWhole(report)) return report;
      current = startWhole();
      return current.done;
    }),
    stop: () => {
      stopped = true;
      current.stop();
    },
  };
};
