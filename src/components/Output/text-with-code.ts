import { make } from '../live/dom.ts';
import { visibleText } from './visible-text.ts';

/** Nodes of a plain sentence in which `backquotes` set code; nothing else in it is markup. */
export const textWithCode = (text: string): Node[] =>
  visibleText(text)
    .split('`')
    .map((part, index, parts) => {
      // An odd backquote at the end opens nothing.
      const closed = index < parts.length - 1 || parts.length % 2 === 1;
      if (index % 2 === 0) return document.createTextNode(part);
      return closed ? make('code', { textContent: part }) : document.createTextNode(`\`${part}`);
    });
