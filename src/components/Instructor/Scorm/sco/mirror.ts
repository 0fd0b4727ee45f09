/**
 * The answers once more in the student's browser, for a system that loses or refuses them. Storage may be blocked. A course
 * system that says nothing of who sits there may show the package to many on one machine: then nothing is kept, and nothing
 * of the one before is found.
 *
 * @param student - undefined where there is no course system, and the browser is all that there is
 */
const keyOf = (assignment: string, student: string | undefined): string | undefined =>
  student === '' ? undefined : `heavy-weights-scorm:${assignment}:${student ?? ''}`;

export const readMirror = (assignment: string, student: string | undefined): string => {
  const key = keyOf(assignment, student);
  try {
    return key === undefined ? '' : (localStorage.getItem(key) ?? '');
  } catch {
    return '';
  }
};

/** Gives whether it was kept. */
export const writeMirror = (
  assignment: string,
  student: string | undefined,
  text: string,
): boolean => {
  const key = keyOf(assignment, student);
  if (key === undefined) return false;
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
};
