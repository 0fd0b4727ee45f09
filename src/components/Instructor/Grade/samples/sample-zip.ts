import { zipSync, type Zippable } from 'fflate';
import { exportCsv } from '../../../../instructor/gradebook/export-csv.ts';
import type { Assignment } from '../../../../schemas/assignment.ts';
import type { SampleFile } from './sample-hand-ins.ts';
import { students } from './sample-students.ts';

/** Extra field of a zip's entry with its time in seconds since 1970, which knows its zone as the plain time does not. */
const UNIX_TIME = 0x5455;

const unixTime = (at: Date): Uint8Array => {
  const field = new Uint8Array(5);
  field[0] = 1;
  new DataView(field.buffer).setInt32(1, Math.floor(at.getTime() / 1000), true);
  return field;
};

/** The samples as Canvas exports them. */
export const sampleZip = (files: readonly SampleFile[]): Uint8Array => {
  const entries: Zippable = {};
  for (const { name, text, at } of files) {
    entries[name] = [
      new TextEncoder().encode(text),
      { mtime: at, extra: { [UNIX_TIME]: unixTime(at) } },
    ];
  }
  return zipSync(entries, { level: 9 });
};

/** The course's gradebook as Canvas exports it: one student of it handed in nothing, and one hand-in is of nobody in it. */
export const sampleGradebook = ({ title, items }: Assignment): string => {
  const rows = students
    .filter(({ key }) => key !== 'older')
    .map(({ canvasName, userId, id, key, name }) => ({
      name: key === 'hostile' ? 'John Openshaw' : name,
      lmsId: String(userId),
      id,
      login: canvasName,
      section: 'Baker Street',
      possible: 0,
    }));
  const absent = {
    name: 'Irene Adler',
    lmsId: '31011',
    id: 's20011',
    login: 'adlerirene',
    section: 'Baker Street',
    possible: 0,
  };
  return exportCsv('canvas', [...rows, absent], {
    title: `${title} (8801)`,
    possible: items.reduce((sum, { points }) => sum + points, 0),
  });
};
