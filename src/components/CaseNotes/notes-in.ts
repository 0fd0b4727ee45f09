/** What stands before and after the notes of a section while all of its text is rendered for them. */
export const NOTES_BEGIN = '<!--case-notes-->';
export const NOTES_END = '<!--/case-notes-->';

/**
 * Takes the case notes out of a section's rendered text, and marks the line that says what is evidence.
 *
 * @throws Error if the section has none
 */
export function notesIn(html: string, section: string): string {
  const [begin, end] = [html.indexOf(NOTES_BEGIN), html.indexOf(NOTES_END)];
  if (begin < 0 || end < begin) {
    throw new Error(`Section ${section} has no <CaseNotes>: end it with the lines to remember.`);
  }
  return html
    .slice(begin + NOTES_BEGIN.length, end)
    .trim()
    .replace(/<li>(\s*(?:<p>)?\s*Evidence:)/g, '<li data-evidence>$1');
}
