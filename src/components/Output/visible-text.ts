/**
 * Characters that show nothing or reorder what stands around them: controls (but tab and newline),
 * soft hyphen, zero-width and bidirectional marks, line separators, variation and tag characters of
 * the kind that hide text, lone surrogates.
 */
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Surrogate}]/gu;

/**
 * Text from a reader's program as it may be shown: whatever is invisible or turns the direction of
 * the line is written out (`\u{202e}`), so that no output can pass for another.
 */
export const visibleText = (text: string): string =>
  text.replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
