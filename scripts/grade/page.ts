/** The script of the page in which hand-ins run again: the book's own sandbox, and nothing else. */
import { Sandbox } from '../../src/runtime/host.ts';
import type { CheckReport, CheckRequest } from '../../src/runtime/protocol.ts';

/** What all hand-ins of an exercise have in common. */
export type Sheet = Omit<CheckRequest, 'code' | 'seed'>;

/** One program; its sheet came before. */
export interface Program extends Pick<CheckRequest, 'code' | 'seed'> {
  sheet: number;
}

declare global {
  interface Window {
    /** Keeps a sheet: it is far longer than a program, and need not come with each. */
    keepSheet(given: { number: number; sheet: Sheet }): void;
    /** Runs one check at a time; a second would replace the first. */
    gradeCheck(program: Program): Promise<CheckReport>;
  }
}

const sheets = new Map<number, Sheet>();
const sandbox = new Sandbox({ base: '/', grading: true });
sandbox.warm('check');
window.keepSheet = ({ number, sheet }) => void sheets.set(number, sheet);
window.gradeCheck = ({ sheet, code, seed }) =>
  sandbox.check({ ...sheets.get(sheet)!, code, seed }, () => undefined).done;
