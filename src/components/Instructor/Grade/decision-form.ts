import { catalogueKey } from '../../../instructor/catalogue.ts';
import type { Item, WrittenItem } from '../../../schemas/assignment.ts';
import { make } from '../../live/dom.ts';
import { pointsOf, withCriterion, withItem } from './marking.ts';
import type { ItemMarking, Marking } from './work.ts';

export interface DecisionOptions {
  item: Item;
  marking: () => Marking;
  change: (marking: Marking) => void;
}

/** Points that a rubric's criterion is given by one press: all, half, none. */
const STEPS = [1, 0.5, 0] as const;

const numberField = (label: string, value: number | undefined, most: number): HTMLInputElement => {
  const field = make('input', {
    type: 'number',
    min: '0',
    max: String(most),
    step: 'any',
    value: value === undefined ? '' : String(value),
  });
  field.setAttribute('aria-label', label);
  return field;
};

/** The rubric: a field for each criterion, and buttons for all, half and none of its points. */
const rubricForm = (item: WrittenItem, options: DecisionOptions): HTMLElement => {
  const key = catalogueKey(item);
  const given = (): ItemMarking['rubric'] => options.marking().items[key]?.rubric;
  const rows = item.rubric.map(({ criterion, points, excellent, insufficient }, index) => {
    const field = numberField(`Points for: ${criterion}`, given()?.[index] ?? undefined, points);
    field.dataset['criterion'] = String(index);
    const set = (value: number | null): void => {
      field.value = value === null ? '' : String(value);
      const rubric = withCriterion(given(), item.rubric.length, index, value);
      options.change(
        withItem(options.marking(), key, {
          rubric: rubric.every((each) => each === null) ? undefined : rubric,
        }),
      );
    };
    field.addEventListener('change', () => {
      set(pointsOf(field.value, points) ?? null);
    });
    const buttons = STEPS.map((share) => {
      const button = make('button', { type: 'button', textContent: String(points * share) });
      button.setAttribute('aria-label', `${points * share} points for: ${criterion}`);
      button.addEventListener('click', () => {
        set(points * share);
      });
      return button;
    });
    const notes = [
      ...(excellent === undefined ? [] : [`In full: ${excellent}`]),
      ...(insufficient === undefined ? [] : [`None: ${insufficient}`]),
    ].map((text) => make('small', { textContent: text }));
    return make('li', {}, [
      make('p', { textContent: criterion }),
      ...notes,
      make('div', { className: 'grade-points' }, [field, ` of ${points} `, ...buttons]),
    ]);
  });
  return make('ol', { className: 'grade-rubric' }, rows);
};

/** What the instructor decides about an item: the rubric, points of their own, a comment. */
export const decisionForm = (options: DecisionOptions): Node[] => {
  const { item, marking, change } = options;
  const key = catalogueKey(item);
  const { override, comment = '' } = marking().items[key] ?? {};
  const points = numberField('Your own points', override, item.points);
  points.dataset['override'] = key;
  points.addEventListener('change', () => {
    const value = pointsOf(points.value, item.points);
    points.value = value === undefined ? '' : String(value);
    change(withItem(marking(), key, { override: value }));
  });
  const words = make('textarea', { rows: 2, value: comment, maxLength: 5_000 });
  words.dataset['comment'] = key;
  words.addEventListener('change', () => {
    change(withItem(marking(), key, { comment: words.value.trim() }));
  });
  return [
    ...(item.kind === 'written' && item.rubric.length > 0 ? [rubricForm(item, options)] : []),
    make('div', { className: 'grade-decision' }, [
      make('label', {}, ['Your own points, in place of these: ', points, ` of ${item.points}`]),
      make('label', {}, ['Comment for the student', words]),
    ]),
  ];
};
