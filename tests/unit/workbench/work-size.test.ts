import { expect, it } from 'vitest';
import { workSize } from '../../../src/workbench/work-size.ts';

it('small networks are measured in full, large ones in small batches on fewer examples', () => {
  expect(workSize(650_272)).toEqual({ batch: 32, testExamples: 1000, calibrationExamples: 512 });
  expect(workSize(2_293_000)).toEqual({ batch: 21, testExamples: 1000, calibrationExamples: 512 });
  expect(workSize(3e8)).toEqual({ batch: 1, testExamples: 100, calibrationExamples: 100 });
  expect(workSize(0)).toEqual({ batch: 32, testExamples: 1000, calibrationExamples: 512 });
});
