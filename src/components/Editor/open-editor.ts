import { openStore } from '../live/services.ts';
import type { CodeEditor, EditorKind, EditorOptions } from './code-editor.ts';

/**
 * Which editor a reader gets: the one of the settings, else the full one with a mouse or a trackpad
 * and the plain one with a finger (Monaco's makers do not support phones).
 */
export const editorKind = async (): Promise<EditorKind> => {
  const setting = await openStore()
    .then((store) => store.setting('editor'))
    .catch(() => undefined);
  if (setting === 'monaco' || setting === 'plain') return setting;
  return matchMedia('(pointer: fine)').matches ? 'monaco' : 'plain';
};

const plain = () => import('./plain-editor.ts');
const monaco = () => import('./monaco-editor.ts');

/** Fetches the editor before it is opened: on the first focus of a piece of code. */
export const fetchEditor = async (): Promise<void> => {
  await ((await editorKind()) === 'monaco' ? monaco() : plain());
};

/** Opens the reader's editor. When Monaco cannot be fetched, the plain one serves. */
export const openEditor = async (options: EditorOptions): Promise<CodeEditor> => {
  if ((await editorKind()) === 'monaco') {
    try {
      const { openMonacoEditor } = await monaco();
      return await openMonacoEditor(options);
    } catch (error) {
      console.warn('The full editor could not be opened; the plain one serves instead.', error);
      options.container.replaceChildren();
    }
  }
  const { openPlainEditor } = await plain();
  return openPlainEditor(options);
};
