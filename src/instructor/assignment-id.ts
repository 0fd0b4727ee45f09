const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A new identity for an assignment: `a` and ten of small letters and figures. Not from a seed: two
 * instructors must never draw the same.
 */
export const newAssignmentId = (): string => {
  let id = 'a';
  while (id.length < 11) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    // 252 = 7 × 36: beyond it the first letters would come a little oftener.
    if (byte! < 252) id += LETTERS.charAt(byte! % LETTERS.length);
  }
  return id;
};
