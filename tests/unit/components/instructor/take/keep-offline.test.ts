import { describe, expect, it, vi } from 'vitest';
import {
  keepOffline,
  pathsOf,
} from '../../../../../src/components/Instructor/Take/keep-offline.ts';
import { exampleAssignment } from '../../../instructor/example-assignment.ts';

describe('keeping an assignment for work without a network', () => {
  it('asks for each item’s page, and for the checks of exercises', () => {
    expect(pathsOf(exampleAssignment().items)).toEqual([
      'exercises/index.json',
      'embed/scale-and-zero-point/',
      'exercises/scale-and-zero-point.json',
      'embed/who-sets-the-scale/',
    ]);
    expect(pathsOf([])).toEqual(['exercises/index.json']);
  });

  it('promises nothing where there is no service worker', async () => {
    vi.stubGlobal('navigator', {});
    expect(await keepOffline(exampleAssignment().items)).toBe('none');
    vi.unstubAllGlobals();
  });
});
