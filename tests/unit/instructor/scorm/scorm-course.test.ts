import { describe, expect, it } from 'vitest';
import {
  scormCourse,
  type CourseSources,
} from '../../../../src/components/Instructor/Scorm/scorm-course.ts';
import type { Catalogue } from '../../../../src/instructor/catalogue.ts';
import { readAssignmentLink } from '../../../../src/instructor/assignment-link.ts';
import { newDraft } from '../../../../src/instructor/build/draft.ts';
import type { Assignment } from '../../../../src/schemas/assignment.ts';
import { rejectedWith } from '../../workbench/reader-error.ts';
import { question } from './small-course.ts';

const version = '0123456789ab';
const catalogue: Catalogue = {
  format: 'heavy-weights-catalogue',
  book: '1.0.0',
  items: [
    {
      kind: 'exercise',
      id: 'count-the-bytes',
      title: 'Count the bytes',
      section: '1.1',
      concepts: ['bytes'],
      minutes: 10,
      points: 5,
      version,
      path: 'chapters/a/b/#exercise-count-the-bytes',
    },
  ],
};
const sources: CourseSources = {
  catalogue,
  question: (id) => Promise.resolve(id === 'gone' ? undefined : { ...question(id), version }),
  html: (markdown) => `<p>${markdown.length}</p>`,
  assignmentPage: 'https://book.example/assignment/',
};
const assignment = (changes: Partial<Assignment> = {}): Assignment => ({
  ...newDraft({ id: 'a0123456789', book: '1.0.0', now: new Date('2026-11-26T10:00:00Z') }),
  title: 'Chapter 1',
  instructions: 'Read **first**.',
  items: [
    { kind: 'quiz', id: 'one', points: 2, version },
    { kind: 'exercise', id: 'count-the-bytes', points: 5, partial: 'per-check', version },
    { kind: 'written', id: 'why', points: 3, prompt: '## Why so heavy?\n\nSay it.', rubric: [] },
  ],
  ...changes,
});

describe('an assignment as a SCORM course', () => {
  it('embeds the questions with the assignment’s points and links the rest', async () => {
    const { course, remarks } = await scormCourse(assignment(), sources);
    expect(course.questions).toMatchObject([{ id: 'one', points: 2 }]);
    expect(course.links).toEqual([
      { kind: 'exercise', title: 'Count the bytes', points: 5 },
      { kind: 'written', title: 'Why so heavy?', points: 3 },
    ]);
    expect(course.instructionsHtml).toBe('<p>15</p>');
    expect(course.needsFile).toBe(false);
    const { hash, pathname } = new URL(course.assignmentUrl);
    expect(pathname).toBe('/assignment/');
    expect(readAssignmentLink(hash).items).toEqual(assignment().items);
    expect(remarks).toEqual([]);
  });

  it('says when a question has changed, when the link is too long, and when the book is at home', async () => {
    let state = 7;
    const noise = Array.from({ length: 20_000 }, () => {
      state = Math.imul(state, 48271) & 0x7fffffff;
      return String.fromCharCode(33 + (state % 90));
    }).join('');
    const { course, remarks } = await scormCourse(assignment({ instructions: noise }), {
      ...sources,
      question: (id) => Promise.resolve({ ...question(id), version: 'ffffffffffff' }),
      assignmentPage: 'http://localhost:4321/assignment/',
    });
    expect(course.needsFile).toBe(true);
    expect(course.assignmentUrl).toBe('http://localhost:4321/assignment/');
    expect(remarks.join('\n')).toMatch(/another by now[\s\S]*your own computer[\s\S]*too long/);
  });

  it('refuses an assignment with a question that the book does not have', async () => {
    const items: Assignment['items'] = [{ kind: 'quiz', id: 'gone', points: 1, version }];
    const error = await rejectedWith(() => scormCourse(assignment({ items }), sources));
    expect(error.code).toBe('scorm-question-gone');
  });
});
