import type { FileItem } from '../../runtime/protocol.ts';
import { make } from '../live/dom.ts';
import { saveBlob } from '../live/save-blob.ts';
import { formatBytes } from './format-number.ts';
import { visibleText } from './visible-text.ts';

/**
 * A file that a program made, saved when the reader asks for it and not before. The page never looks into it: as
 * `application/octet-stream` no browser shows it either.
 */
export const fileOffer = ({ name, bytes }: FileItem): HTMLElement => {
  const button = make('button', {
    type: 'button',
    textContent: `Save ${visibleText(name)} (${formatBytes(bytes.byteLength)})`,
  });
  button.addEventListener('click', () => {
    saveBlob(new Blob([bytes], { type: 'application/octet-stream' }), name);
  });
  return make('div', { className: 'hw-bar hw-file' }, [button]);
};
