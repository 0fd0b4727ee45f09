import type { BatchInput } from '../../../instructor/batch/found-file.ts';
import { readAssignment } from '../../../instructor/assignment-file.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { siteBase } from '../../live/services.ts';

const fetched = async (name: string): Promise<Blob> => {
  const response = await fetch(`${siteBase}samples/${name}`).catch(() => undefined);
  if (response?.ok) return response.blob();
  throw new ReaderError({
    code: 'samples-not-reached',
    explain: 'The samples could not be fetched.',
    hint: 'Look to your connection and press the button again.',
  });
};

/** The sample assignment and its ten hand-ins, as if they had been dropped. */
export const fetchSamples = async (): Promise<{ assignment: Assignment; files: BatchInput[] }> => {
  const [assignment, zip] = await Promise.all([
    fetched('assignment.json'),
    fetched('hand-ins.zip'),
  ]);
  return {
    assignment: readAssignment(await assignment.text()),
    files: [{ path: 'hand-ins.zip', blob: zip }],
  };
};
