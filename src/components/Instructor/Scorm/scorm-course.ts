import { assignmentLink } from '../../../instructor/assignment-link.ts';
import { itemTitle } from '../../../instructor/build/draft.ts';
import { catalogueIndex, type Catalogue } from '../../../instructor/catalogue.ts';
import type { ScormCourse, ScormQuestion } from '../../../instructor/scorm/course.ts';
import type { Assignment, QuizItem } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import type { PortableQuestion } from './portable-question.ts';

export interface CourseSources {
  catalogue: Catalogue;
  /** A question of the book, or undefined if this printing has none of that id. */
  question: (id: string) => Promise<PortableQuestion | undefined>;
  /** HTML of our own making of the instructor's Markdown. */
  html: (markdown: string) => string;
  /** Absolute address of `/assignment/`. */
  assignmentPage: string;
}

export interface MadeCourse {
  course: ScormCourse;
  /** What the instructor should know before giving it out. */
  remarks: string[];
}

/**
 * An assignment as the contents of a SCORM package.
 *
 * @throws ReaderError `scorm-question-gone`
 */
export async function scormCourse(
  assignment: Assignment,
  { catalogue, question, html, assignmentPage }: CourseSources,
): Promise<MadeCourse> {
  const index = catalogueIndex(catalogue);
  const remarks: string[] = [];
  const embedded = await Promise.all(
    assignment.items
      .filter((item) => item.kind === 'quiz')
      .map((item) => embed(item, question, remarks)),
  );
  const { url, needsFile } = assignmentAddress(assignment, assignmentPage);
  if (isLocal(url)) {
    remarks.push(
      'This copy of the book is on your own computer, and the package would link to it there. Make the package at the book’s public address.',
    );
  }
  const links = assignment.items
    .filter((item) => item.kind !== 'quiz')
    .map((item) => ({ kind: item.kind, title: itemTitle(item, index), points: item.points }));
  if (needsFile && links.length > 0) {
    remarks.push(
      'The assignment is too long for a link: give out the file for students as well. The package says so to the students.',
    );
  }
  const { id, title, instructions, policy } = assignment;
  return {
    course: {
      id,
      title,
      instructionsHtml: html(instructions),
      questions: embedded,
      attempts: policy.attempts,
      links,
      assignmentUrl: url,
      needsFile,
    },
    remarks,
  };
}

async function embed(
  item: QuizItem,
  question: CourseSources['question'],
  remarks: string[],
): Promise<ScormQuestion> {
  const found = await question(item.id);
  if (found === undefined) {
    throw new ReaderError({
      code: 'scorm-question-gone',
      explain: `This printing of the book has no question “${item.id}”.`,
      hint: 'Take it out of the assignment, or make the package with the printing that the assignment was made in.',
    });
  }
  if (found.version !== item.version) {
    remarks.push(
      `The question “${item.id}” is another by now than when the assignment was made; the package holds it as it is now.`,
    );
  }
  const { id, html, options } = found;
  return { id, points: item.points, html, options };
}

function assignmentAddress(
  assignment: Assignment,
  page: string,
): { url: string; needsFile: boolean } {
  try {
    return { url: `${page}#${assignmentLink(assignment)}`, needsFile: false };
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    return { url: page, needsFile: true };
  }
}

const isLocal = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname) || url.startsWith('file:');
