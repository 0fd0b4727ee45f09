import { saveFile } from '../CaseBook/save-file.ts';
import { openStore } from '../live/services.ts';
import { showNotice } from './notice.ts';

/** Warns that this browser keeps nothing, and offers the progress of this page as a file. */
export const showStorageNotice = (why: string): void => {
  showNotice({
    id: 'storage',
    text: `${why} What you do now lasts only until you leave this page. Save it to a file to keep it; the case-book opens such files again.`,
    actions: [
      {
        label: 'Save to a file',
        primary: true,
        run: async () => {
          saveFile(await (await openStore()).exportText());
        },
      },
    ],
  });
};
