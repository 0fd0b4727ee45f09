import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportProgress, exportVersion } from '../../../src/progress/export.ts';
import { readExport } from '../../../src/progress/import.ts';
import { mergeProgress } from '../../../src/progress/merge.ts';
import type { ExerciseRecord, ProgressData } from '../../../src/progress/records.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';

const text = readFileSync(new URL('./fixtures/export-v1.json', import.meta.url), 'utf8');
const whole = (): ProgressData => readExport(text).data;
const edited = (
  change: (file: { data: Record<string, unknown[]> } & Record<string, unknown>) => void,
): string => {
  const file = JSON.parse(text);
  change(file);
  return JSON.stringify(file);
};
const refusal = (broken: string): ReaderError => {
  try {
    readExport(broken);
  } catch (error) {
    if (error instanceof ReaderError) return error;
    throw error;
  }
  throw new Error('was accepted');
};

describe('readExport', () => {
  it('reads the file of the first printing whole', () => {
    const { data, damaged } = readExport(text);
    expect(damaged).toEqual([]);
    // The leader-boards came in with version 2.
    expect(data).toEqual({ ...JSON.parse(text).data, boards: [] });
  });

  it('reads what exportProgress writes, and a byte order mark before it', () => {
    expect(readExport(`\uFEFF${exportProgress(whole())}`).data).toEqual(whole());
  });

  it('refuses a file that was cut short anywhere, and says that nothing was changed', () => {
    for (let length = 0; length < text.trimEnd().length; length += 97) {
      const error = refusal(text.slice(0, length));
      expect(error.code).toBe('progress-not-json');
      expect(error.hint).toContain('Nothing here was changed');
    }
  });

  it('refuses files of another kind and names what came', () => {
    expect(refusal('[]')).toMatchObject({
      code: 'progress-wrong-format',
      elaborate: 'Expected format "heavy-weights-progress"; came [].',
    });
    expect(refusal('{"format":"marks"}').elaborate).toContain('came "marks"');
    expect(refusal('null').code).toBe('progress-wrong-format');
    expect(refusal(edited((file) => (file['version'] = 'one'))).code).toBe('progress-damaged');
  });

  it('refuses a newer version kindly', () => {
    const error = refusal(edited((file) => (file['version'] = exportVersion + 1)));
    expect(error.code).toBe('progress-newer');
    expect(error.explain).toContain(`version ${exportVersion + 1}`);
  });

  it('keeps the whole records beside a damaged one and says which that is', () => {
    const { data, damaged } = readExport(
      edited((file) => {
        file.data['exercises']?.push({ ...whole().exercises[0], state: 'won', id: 'other' });
        file.data['quizzes'] = 'lost' as unknown as unknown[];
      }),
    );
    expect(data.exercises).toHaveLength(1);
    expect(damaged.map(({ where }) => where)).toEqual(['exercises[1]', 'quizzes']);
    expect(damaged[0]?.what).toContain('state');
    expect(damaged[1]?.what).toContain('"lost"');
  });

  it('refuses a place that leads out of the book', () => {
    const { data, damaged } = readExport(
      edited((file) =>
        Object.assign(file.data['places']?.[0] as object, { path: '//evil.example/' }),
      ),
    );
    expect(data.places).toEqual([]);
    expect(damaged[0]?.where).toBe('places[0]');
  });

  it('throws nothing but ReaderError, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (any) => {
        expect(refusal(any).code).toMatch(/^progress-/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('mergeProgress', () => {
  const at = (change: Partial<ExerciseRecord>): ProgressData => ({
    ...whole(),
    exercises: [{ ...(whole().exercises[0] as ExerciseRecord), ...change }],
  });

  it('is idle when the two are equal', () => {
    expect(mergeProgress(whole(), whole()).counts).toEqual({ added: 0, updated: 0, unchanged: 6 });
  });

  it('takes the newer text and never drops a pass, whichever side has it', () => {
    const passed = at({ updatedAt: 5, code: 'old', passedAt: 5, passedCode: 'old', attempts: 4 });
    const later = at({
      updatedAt: 9,
      code: 'new',
      state: 'failed',
      passedAt: undefined,
      passedCode: undefined,
      attempts: 1,
    });
    for (const [ours, theirs] of [
      [passed, later],
      [later, passed],
    ] as const) {
      expect(mergeProgress(ours, theirs).merged.exercises).toEqual([
        { ...passed.exercises[0], updatedAt: 9, code: 'new', state: 'passed', attempts: 4 },
      ]);
    }
  });

  it('keeps a right answer right and the larger number of runs', () => {
    const ours = whole();
    const theirs = whole();
    Object.assign(theirs.quizzes[0] as object, { correct: false, updatedAt: 2e12 });
    Object.assign(theirs.cells[0] as object, { runs: 1, code: 'theirs', updatedAt: 2e12 });
    const { merged } = mergeProgress(ours, theirs);
    expect(merged.quizzes[0]?.correct).toBe(true);
    expect(merged.cells[0]).toMatchObject({ code: 'theirs', runs: 3 });
  });
});
