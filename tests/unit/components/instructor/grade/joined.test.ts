import { expect, it } from 'vitest';
import { joined } from '../../../../../src/components/Instructor/Grade/joined.ts';
import { exampleAssignment } from '../../../instructor/example-assignment.ts';

it('keeps what a link does not have, and takes a file as it is', () => {
  const before = exampleAssignment();
  expect(before.exceptions.length).toBeGreaterThan(0);
  const { pinned, ...link } = exampleAssignment({ exceptions: [], title: 'New' });
  expect(joined(link, before)).toEqual({ ...before, title: 'New' });
  // The last exception was removed in Build.
  expect(joined({ ...link, pinned: pinned! }, before).exceptions).toEqual([]);
  // Those who open the file for students afterwards lose no question that the instructor's own file kept.
  const pinnedQuestions = {};
  const whole = { ...before, pinnedQuestions };
  expect(joined({ ...link, pinned: pinned! }, whole).pinnedQuestions).toBe(pinnedQuestions);
  expect(joined(link, before)).not.toHaveProperty('pinnedQuestions');
  const newer = {};
  expect(joined({ ...link, pinnedQuestions: newer }, whole).pinnedQuestions).toBe(newer);
  const other = [{ student: 'x', extraMinutes: 5 }];
  expect(joined({ ...link, exceptions: other }, before).exceptions).toEqual(other);
});
