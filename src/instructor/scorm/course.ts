/** What a SCORM package is made of. */

export interface ScormOption {
  /** HTML of the book's own, with MathML for maths. */
  html: string;
  why: string;
  correct: boolean;
}

/** A quiz question, which the package holds whole. */
export interface ScormQuestion {
  id: string;
  points: number;
  html: string;
  /** 3 … 5 options, one of them right. */
  options: ScormOption[];
}

/** An item that the package cannot hold: it is done in the book. */
export interface ScormLink {
  kind: 'exercise' | 'written';
  title: string;
  points: number;
}

export interface ScormCourse {
  /** Id of the assignment. */
  id: string;
  title: string;
  /** Instructions as HTML of our own making, from the instructor's Markdown. */
  instructionsHtml: string;
  questions: ScormQuestion[];
  /** Different options that may be tried of a question; 0: any number. */
  attempts: number;
  links: ScormLink[];
  /** Absolute address of the whole assignment in the book, where the linked items are done and handed in. */
  assignmentUrl: string;
  /** The assignment is too long for a link: students open its file there. */
  needsFile: boolean;
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Points may have decimals: the sum must not end in …0000004. */
const sum = (items: readonly { points: number }[]): number =>
  Math.round(1_000 * items.reduce((total, { points }) => total + points, 0)) / 1_000;

/** Points that the package's score is a share of. */
export const scoredPoints = ({ questions }: Pick<ScormCourse, 'questions'>): number =>
  sum(questions);

/** What the package holds, what it only links to, and what its score is worth: shown before it is made, and inside it. */
export function scormStatement({ questions, links }: ScormCourse): string[] {
  const exercises = links.filter(({ kind }) => kind === 'exercise').length;
  const linked = [
    ...(exercises > 0 ? [counted(exercises, 'exercise')] : []),
    ...(links.length > exercises ? [counted(links.length - exercises, 'written question')] : []),
  ].join(' and ');
  return [
    `It holds ${counted(questions.length, 'quiz question')} (${counted(scoredPoints({ questions }), 'point')}). Its score, 0 to 100, is over all of them; one that was not answered counts nothing.`,
    links.length === 0
      ? 'Nothing else: the assignment has no exercises and no written questions.'
      : `It links to ${linked} (${counted(sum(links), 'point')}) in the book. They need the book’s site and are handed in as a file; the package’s score knows nothing of them.`,
    'The score is a claim of the student’s browser. The right answers are inside the package, and whoever can open it can report any score. Marks to rely on come from grading the hand-ins.',
  ];
}
