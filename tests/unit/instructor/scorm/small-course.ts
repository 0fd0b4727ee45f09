import type { ScormCourse, ScormQuestion } from '../../../../src/instructor/scorm/course.ts';

/** A question with `options` options, of which the one at `right` is right. */
export const question = (id: string, right = 1, options = 3, points = 1): ScormQuestion => ({
  id,
  points,
  html: `What is <em>${id}</em>?`,
  options: Array.from({ length: options }, (_, index) => ({
    html: `Option ${index}`,
    why: `Why ${index}.`,
    correct: index === right,
  })),
});

export const course = (changes: Partial<ScormCourse> = {}): ScormCourse => ({
  id: 'a0123456789',
  title: 'Chapter 1',
  instructionsHtml: '<p>Read first.</p>',
  questions: [question('one'), question('two', 0, 5, 2)],
  attempts: 0,
  links: [{ kind: 'exercise', title: 'Count the bytes', points: 5 }],
  assignmentUrl: 'https://book.example/assignment/#a=aabc',
  needsFile: false,
  ...changes,
});
