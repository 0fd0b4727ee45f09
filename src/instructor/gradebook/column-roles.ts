import type { ColumnRole, ColumnRoles, GradebookKind } from './gradebook.ts';
import { folded } from './student-name.ts';

type Titles = Readonly<Partial<Record<ColumnRole, readonly string[]>>>;

/** What each system calls the columns that tell of students, in English; others are told by the instructor. */
const TITLES: Readonly<Record<GradebookKind, Titles>> = {
  canvas: {
    lmsId: ['id'],
    id: ['sis user id'],
    login: ['sis login id'],
    email: ['email'],
    name: ['student', 'student name'],
  },
  'moodle-worksheet': {
    lmsId: ['identifier'],
    id: ['id number'],
    email: ['email address'],
    name: ['full name'],
    login: ['username'],
  },
  moodle: {
    id: ['id number'],
    email: ['email address'],
    first: ['first name'],
    last: ['last name', 'surname'],
    login: ['username'],
  },
  blackboard: {
    lmsId: ['username'],
    id: ['student id'],
    login: ['username'],
    first: ['first name'],
    last: ['last name'],
  },
  plain: {
    id: ['id', 'student id', 'student number', 'id number', 'number', 'matriculation number'],
    login: ['login', 'login id', 'username', 'user name', 'user'],
    email: ['email', 'e-mail', 'email address', 'e-mail address', 'mail'],
    name: ['name', 'full name', 'student', 'student name'],
    first: ['first name', 'given name', 'firstname', 'forename'],
    last: ['last name', 'surname', 'family name', 'lastname'],
  },
};

/** Titles that only this system has together. */
const SIGNS: readonly (readonly [GradebookKind, readonly string[]])[] = [
  ['canvas', ['student', 'id', 'section']],
  ['moodle-worksheet', ['identifier', 'status']],
  ['moodle', ['first name', 'email address']],
  ['blackboard', ['last name', 'first name', 'username']],
];

/** Whose export a table is, by its titles. */
export const kindOf = (columns: readonly string[]): GradebookKind => {
  const titles = new Set(columns.map(folded));
  return SIGNS.find(([, signs]) => signs.every((sign) => titles.has(sign)))?.[0] ?? 'plain';
};

/** Which columns tell of students. */
export const rolesOf = (columns: readonly string[], kind: GradebookKind): ColumnRoles => {
  const titles = columns.map(folded);
  const roles: ColumnRoles = {};
  for (const [role, names] of Object.entries(TITLES[kind]) as [ColumnRole, readonly string[]][]) {
    const index = titles.findIndex((title) => names.includes(title));
    if (index >= 0) roles[role] = index;
  }
  return roles;
};
