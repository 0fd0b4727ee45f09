/** What a reader reads when a run ends in any way but by itself. */
import type { ReaderErrorData } from '../shared/reader-error.ts';
import { caps } from './caps.ts';

function seconds(ms: number): string {
  const value = ms / 1000;
  const text = Number.isInteger(value) ? String(value) : value.toFixed(1);
  return `${text} second${text === '1' ? '' : 's'}`;
}

/** @param waiting the worker was idle: the code waited for something instead of working */
export function limitEnding(limitMs: number, waiting: boolean, doing?: string): ReaderErrorData {
  const subject = doing === undefined ? 'The code' : `\`${doing}\``;
  return waiting
    ? {
        code: 'time-limit-waiting',
        explain: `${subject} was still waiting after ${seconds(limitMs)}, so it was stopped.`,
        elaborate: 'It was not computing: it awaited a promise that had not settled.',
        hint: 'Look for an `await` on something that nobody resolves.',
      }
    : {
        code: 'time-limit',
        explain: `${subject} was still running after ${seconds(limitMs)}, so it was stopped.`,
        hint: 'Look for a loop whose condition never becomes false, or try it on less data first.',
      };
}

export const stoppedEnding: ReaderErrorData = {
  code: 'stopped',
  explain: 'The run was stopped.',
};

export const replacedEnding: ReaderErrorData = {
  code: 'stopped',
  explain: 'The run was stopped because a newer one took its place.',
};

export function overflowEnding(detail: string): ReaderErrorData {
  return {
    code: 'too-much-output',
    explain: 'The code sent more output than the page can take, so it was stopped.',
    elaborate: detail,
    hint: `A run may print ${caps.consoleLines.toLocaleString('en-GB')} lines and show ${caps.displayItems} tables, plots or images; sum up before you show.`,
  };
}

export function diedEnding(detail?: string): ReaderErrorData {
  return {
    code: 'ended-early',
    explain: 'The sandbox ended before the code had finished.',
    ...(detail === undefined || detail === '' ? {} : { elaborate: detail }),
    hint: 'Most often there was not enough memory: use smaller arrays, and dispose of tensors you no longer need.',
  };
}
