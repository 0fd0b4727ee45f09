/** A text as it is compared: composed (NFC), in one case, without marks that cannot be seen. */
export const folded = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    // Up and down again, as case folding does: ß and SS are one.
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')
    .replace(/[’ʼ`´]/gu, "'")
    .trim();

/** The words of a name, in the order of the alphabet: “Holmes, Sherlock” and “Sherlock Holmes” are one. */
export const nameWords = (name: string): string[] =>
  folded(name)
    .split(/[\s,;]+/u)
    .filter((word) => word !== '')
    .sort();

/** A name as names are compared. */
export const sameName = (name: string): string => nameWords(name).join(' ');

/** A name without spaces and signs, as some LMS write it. */
export const runTogether = (name: string): string => folded(name).replace(/[^\p{L}\p{N}]/gu, '');

/** Whether two spellings could be of one student: a word of two letters or more is in both. */
export const couldBeSame = (name: string, other: string): boolean => {
  const inOther = (words: readonly string[], whole: string): boolean =>
    words.map(runTogether).some((word) => [...word].length > 1 && whole.includes(word));
  return (
    inOther(nameWords(name), runTogether(other)) || inOther(nameWords(other), runTogether(name))
  );
};
