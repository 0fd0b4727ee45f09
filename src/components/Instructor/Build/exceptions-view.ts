import { fromLocalField, toLocalField } from '../../../instructor/build/local-time.ts';
import type { DueException } from '../../../schemas/assignment.ts';
import { actButton, find, make } from '../../live/dom.ts';
import { showValue, type Desk, type DeskPart } from './desk.ts';

interface Row {
  element: HTMLElement;
  first: HTMLElement;
  show: (exception: DueException) => void;
}

/** Students who have other times than the rest. */
export const exceptionsView = (root: HTMLElement, desk: Desk): DeskPart => {
  const list = find(root, '[data-exceptions]');
  const add = actButton(root, 'add-exception');
  const rows: Row[] = [];
  const change = (at: number, how: (row: DueException) => DueException, what: string): void => {
    desk.edit(
      (draft) => ({
        ...draft,
        exceptions: draft.exceptions.map((row, index) => (index === at ? how(row) : row)),
      }),
      `exception ${at} ${what}`,
    );
  };
  const remove = (at: number): void => {
    desk.edit((draft) => ({
      ...draft,
      exceptions: draft.exceptions.filter((_, index) => index !== at),
    }));
    add.focus();
  };
  add.addEventListener('click', () => {
    desk.edit((draft) => ({
      ...draft,
      exceptions: [...draft.exceptions, { student: '', extraMinutes: 60 }],
    }));
    rows.at(-1)?.first.focus();
  });
  return {
    show: () => {
      const { exceptions } = desk.draft;
      while (rows.length > exceptions.length) rows.pop()?.element.remove();
      for (const [at, exception] of exceptions.entries()) {
        const row = (rows[at] ??= makeRow(at, change, remove));
        if (row.element.parentElement !== list) list.append(row.element);
        row.show(exception);
      }
    },
  };
};

const makeRow = (
  at: number,
  change: (at: number, how: (row: DueException) => DueException, what: string) => void,
  remove: (at: number) => void,
): Row => {
  const student = make('input', { type: 'text', maxLength: 200, autocomplete: 'off' });
  student.addEventListener('input', () => {
    change(at, (row) => ({ ...row, student: student.value }), 'student');
  });
  const due = make('input', { type: 'datetime-local' });
  due.addEventListener('input', () => {
    change(
      at,
      ({ due: _old, ...row }) => {
        const time = fromLocalField(due.value);
        return time === undefined ? row : { ...row, due: time };
      },
      'due',
    );
  });
  const extra = make('input', { type: 'number', min: '0', max: '525600', step: '1' });
  extra.addEventListener('input', () => {
    const value = Math.round(Number(extra.value));
    change(
      at,
      ({ extraMinutes: _old, ...row }) =>
        extra.value === '' || !(value >= 0)
          ? row
          : { ...row, extraMinutes: Math.min(525_600, value) },
      'minutes',
    );
  });
  const gone = make('button', { type: 'button', textContent: 'Remove' });
  gone.dataset['kind'] = 'quiet';
  gone.setAttribute('aria-label', `Remove exception ${at + 1}`);
  gone.addEventListener('click', () => {
    remove(at);
  });
  const element = make('li', {}, [
    make('label', {}, ['Student: id, or name as in the hand-in', student]),
    make('label', {}, ['Due at', due]),
    make('label', {}, ['Minutes more', extra]),
    gone,
  ]);
  return {
    element,
    first: student,
    show: (exception) => {
      showValue(student, exception.student);
      showValue(due, toLocalField(exception.due));
      showValue(extra, exception.extraMinutes === undefined ? '' : String(exception.extraMinutes));
    },
  };
};
