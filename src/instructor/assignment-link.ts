/**
 * An assignment as the fragment of a link, `a=a…`: a letter for the version of the link, then the packed JSON of the
 * students' copy. A fragment stays in the browser: no server sees it.
 */
import type { Assignment } from '../schemas/assignment.ts';
import { packText, unpackText } from '../shared/packed-text.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { readAssignment, studentCopy } from './assignment-file.ts';

/** Longer links are cut by some of the programs that they pass through. */
export const MOST_ASSIGNMENT_LINK = 16_000;
/** Of the JSON, in bytes: 60 items, each with its prompt and rubric, stay below it. */
const MOST_JSON = 2_000_000;

const KEY = 'a=';
const VERSION = 'a';

/** Whether a fragment, with or without its `#`, claims to carry an assignment. */
export const isAssignmentLink = (fragment: string): boolean =>
  fragment.replace(/^#/, '').startsWith(KEY);

/**
 * The fragment that carries an assignment, without its `#`.
 *
 * @throws ReaderError `assignment-link-too-long`
 */
export const assignmentLink = (assignment: Assignment): string => {
  const fragment = KEY + VERSION + packText(JSON.stringify(studentCopy(assignment)));
  if (fragment.length <= MOST_ASSIGNMENT_LINK) return fragment;
  throw new ReaderError({
    code: 'assignment-link-too-long',
    explain: `The link would have ${count(fragment.length)} characters, and links of more than ${count(MOST_ASSIGNMENT_LINK)} are cut on their way.`,
    hint: 'Save the file for students and give out that, or shorten its instructions and prompts.',
  });
};

/**
 * The assignment that a fragment carries.
 *
 * @throws ReaderError `assignment-link-version`, `assignment-link-too-long`, `assignment-link-damaged`, and those of
 *   `readAssignment`
 */
export const readAssignmentLink = (fragment: string): Assignment => {
  const text = fragment.replace(/^#/, '');
  if (text.length > MOST_ASSIGNMENT_LINK)
    throw tooLong(`The link has ${count(text.length)} characters`);
  const body = text.startsWith(KEY) ? text.slice(KEY.length) : '';
  if (/^[a-z]/.test(body) && !body.startsWith(VERSION)) {
    throw new ReaderError({
      code: 'assignment-link-version',
      explain: `The link is of version “${body.charAt(0)}”, and this printing of the book reads version “${VERSION}”.`,
      hint: 'Open it in the book’s newest printing, or ask your instructor for the file.',
    });
  }
  if (!body.startsWith(VERSION)) throw damaged();
  const unpacked = unpackText(body.slice(VERSION.length), MOST_JSON);
  if ('text' in unpacked) return readAssignment(unpacked.text);
  throw unpacked.fault === 'too-much'
    ? tooLong(`The link unpacks to more than ${count(MOST_JSON)} bytes`)
    : damaged();
};

const count = (n: number): string => n.toLocaleString('en-GB');

const tooLong = (what: string): ReaderError =>
  new ReaderError({
    code: 'assignment-link-too-long',
    explain: `${what}; the book makes no such links.`,
    hint: 'Ask your instructor for the link again, or for the file.',
  });

const damaged = (): ReaderError =>
  new ReaderError({
    code: 'assignment-link-damaged',
    explain: 'The link to the assignment is damaged: a part of it was lost or changed on its way.',
    hint: 'Ask your instructor for it again, and copy the whole of it.',
  });
