import type { ReaderErrorData } from '../../shared/reader-error.ts';
import { make } from '../live/dom.ts';
import { textWithCode } from './text-with-code.ts';

/** An error as a reader sees it: what is wrong, what was expected, what to do, and where. */
export const errorNotice = (error: ReaderErrorData, goTo?: (line: number) => void): HTMLElement => {
  const first = make('p', { className: 'hw-explain' }, textWithCode(error.explain));
  const line = error.location?.line;
  if (line !== undefined && goTo !== undefined) {
    const link = make('button', {
      type: 'button',
      className: 'hw-line',
      textContent: `line ${line}`,
    });
    link.addEventListener('click', () => {
      goTo(line);
    });
    first.prepend(link, ' ');
  }
  const notice = make('div', { className: 'hw-error' }, [first]);
  if (error.elaborate !== undefined) notice.append(make('p', {}, textWithCode(error.elaborate)));
  if (error.hint !== undefined) {
    notice.append(
      make('p', { className: 'hw-hint' }, [make('b', {}, ['Next: ']), ...textWithCode(error.hint)]),
    );
  }
  notice.dataset['code'] = error.code;
  return notice;
};
