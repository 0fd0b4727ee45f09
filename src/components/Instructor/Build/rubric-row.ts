import type { Criterion } from '../../../schemas/assignment.ts';
import { make } from '../../live/dom.ts';
import { showValue } from './desk.ts';

export interface RubricRow {
  element: HTMLElement;
  first: HTMLElement;
  show: (criterion: Criterion) => void;
}

type Words = 'criterion' | 'excellent' | 'insufficient';

/** One row of a rubric: what is looked for, its points, and what all and none of them look like. */
export const rubricRow = (
  at: number,
  change: (at: number, how: (row: Criterion) => Criterion, what: string) => void,
  remove: (at: number) => void,
): RubricRow => {
  const write = (name: Words, label: string, most: number): HTMLTextAreaElement => {
    const field = make('textarea', { rows: name === 'criterion' ? 1 : 2, maxLength: most });
    field.setAttribute('aria-label', `${label}, row ${at + 1} of the rubric`);
    if (name === 'criterion') field.placeholder = label;
    field.addEventListener('input', () => {
      change(at, (row) => written(row, name, field.value), name);
    });
    return field;
  };
  const criterion = write('criterion', 'What is looked for', 500);
  const excellent = write('excellent', 'What full points look like', 2_000);
  const insufficient = write('insufficient', 'What no points look like', 2_000);
  const points = make('input', { type: 'number', min: '0', max: '1000', step: 'any' });
  points.setAttribute('aria-label', `Points, row ${at + 1} of the rubric`);
  points.addEventListener('input', () => {
    const value = Number(points.value);
    if (points.value === '' || !Number.isFinite(value) || value < 0) return;
    change(at, (row) => ({ ...row, points: Math.min(1000, value) }), 'points');
  });
  const gone = make('button', { type: 'button', textContent: 'Remove' });
  gone.dataset['kind'] = 'quiet';
  gone.setAttribute('aria-label', `Remove row ${at + 1} of the rubric`);
  gone.addEventListener('click', () => {
    remove(at);
  });
  const element = make('li', {}, [
    criterion,
    make('label', { className: 'build-points' }, [points, ' points']),
    gone,
    make('label', {}, ['What full points look like', excellent]),
    make('label', {}, ['What no points look like', insufficient]),
  ]);
  return {
    element,
    first: criterion,
    show: (row) => {
      showValue(criterion, row.criterion);
      showValue(excellent, row.excellent ?? '');
      showValue(insufficient, row.insufficient ?? '');
      showValue(points, String(row.points));
    },
  };
};

/** What is emptied is left out: an empty text and none are the same. */
const written = (row: Criterion, name: Words, text: string): Criterion => {
  const { criterion, points, excellent = '', insufficient = '' } = row;
  const words = { criterion, excellent, insufficient, [name]: text };
  return {
    criterion: words.criterion,
    points,
    ...(words.excellent === '' ? {} : { excellent: words.excellent }),
    ...(words.insufficient === '' ? {} : { insufficient: words.insufficient }),
  };
};
