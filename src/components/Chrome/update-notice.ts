import { showNotice } from './notice.ts';

/** Offers a newer printing of the book. It is taken only when the reader says so. */
export const showUpdateNotice = (takeIt: () => void): void => {
  showNotice({
    id: 'update',
    text: 'A newer printing of the book is ready. What you have written is kept; the page opens again when you take it.',
    actions: [{ label: 'Take the newer printing', primary: true, run: takeIt }],
  });
};
