import { strToU8, zipSync } from 'fflate';
import { ReaderError } from '../../shared/reader-error.ts';
import { scoPage } from './sco-page.ts';
import { scormManifest } from './manifest.ts';
import { scoredPoints, scormStatement } from './course.ts';
import type { ScormCourse } from './course.ts';

/** The parts that are the same in every package: see `src/build/scorm-assets.ts`. */
export interface ScoAssets {
  /** JavaScript, bundled. */
  script: string;
  /** CSS */
  style: string;
}

/** Equal assignments give equal bytes: no file carries the time of its making. */
const MADE = new Date(2026, 0, 1);

/**
 * A SCORM 1.2 package with one SCO, zipped, its manifest at the root.
 *
 * @throws ReaderError `scorm-no-questions`, `scorm-no-points`
 */
export function scormPackage(course: ScormCourse, { script, style }: ScoAssets): Uint8Array {
  if (course.questions.length === 0) {
    throw new ReaderError({
      code: 'scorm-no-questions',
      explain:
        'The assignment has no quiz question, and so nothing that a SCORM package could score.',
      hint: 'Give the link of the assignment to the course instead, or add a quiz question.',
    });
  }
  if (scoredPoints(course) === 0) {
    throw new ReaderError({
      code: 'scorm-no-points',
      explain:
        'The quiz questions of the assignment are worth no points: the score would always be 0.',
      hint: 'Give one of them a point at least.',
    });
  }
  const files: Record<string, string> = {
    'index.html': scoPage(course),
    'sco.js': script,
    'sco.css': style,
    'READ-ME.txt': readMe(course),
  };
  const manifest = scormManifest({
    id: course.id,
    title: course.title,
    files: Object.keys(files),
  });
  // The manifest first, as some systems look for it.
  const all = Object.entries({ 'imsmanifest.xml': manifest, ...files });
  return zipSync(Object.fromEntries(all.map(([name, text]) => [name, strToU8(text)])), {
    level: 9,
    mtime: MADE,
  });
}

/** Windows line ends: it is opened by whatever opens .txt files. */
const readMe = (course: ScormCourse): string =>
  [
    course.title,
    'A SCORM 1.2 package of The Adventure of the Heavy Weights.',
    ...scormStatement(course),
    `The whole assignment: ${course.assignmentUrl}`,
    '',
  ].join('\r\n\r\n');
