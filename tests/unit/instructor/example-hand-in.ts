import { buildHandIn, type HandInParts } from '../../../src/instructor/hand-in-file.ts';
import type { HandIn } from '../../../src/schemas/hand-in.ts';
import { exampleAssignment } from './example-assignment.ts';

/** What a student gives to be handed in: an answer of every kind. */
export const exampleParts = (changes: Partial<HandInParts> = {}): HandInParts => ({
  assignment: exampleAssignment(),
  student: { name: 'Zoë Lyle', id: 'm2044' },
  book: '0.1.0',
  startedAt: '2026-09-08T09:00:00+02:00',
  handedInAt: '2026-09-09T18:30:00+02:00',
  answers: [
    {
      kind: 'exercise',
      id: 'scale-and-zero-point',
      version: '0123456789ab',
      code: 'export const scaleAndZeroPoint = () => ({ scale: 1, zeroPoint: 0 }); // 𝒳\n',
      claimed: { passed: false, checks: 2, of: 7 },
      attempts: 3,
      hintsShown: 1,
      solutionShown: false,
    },
    { kind: 'quiz', id: 'who-sets-the-scale', version: 'abcdef012345', tried: [2, 0] },
    { kind: 'written', id: 'why-zero', text: 'Because of padding.\nAnd “signs”.' },
  ],
  ...changes,
});

export const exampleHandIn = (changes: Partial<HandInParts> = {}): Promise<HandIn> =>
  buildHandIn(exampleParts(changes));
