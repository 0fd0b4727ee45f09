/** Offers a text to the reader as a download. */
export const saveFile = (text: string, name = fileName(new Date())): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after the click; a minute is ample.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
};

/** `heavy-weights-2026-11-23.json` */
const fileName = (now: Date): string => `heavy-weights-${now.toISOString().slice(0, 10)}.json`;
