import type { WrittenItem } from '../../../schemas/assignment.ts';
import { handInCaps } from '../../../schemas/hand-in.ts';
import { DeferSave } from '../../live/defer-save.ts';
import { make } from '../../live/dom.ts';
import { leaveDraft, takeDraft } from '../../live/drafts.ts';
import { visibleText } from '../../Output/visible-text.ts';
import { markdownNodes } from '../shared/markdown-nodes.ts';
import type { WorkOf } from './taken.ts';

export interface WrittenOptions {
  item: WrittenItem;
  /** Names the draft: one question may stand in several assignments. */
  key: string;
  number: number;
  kept: WorkOf<'written'> | undefined;
  keep: (work: WorkOf<'written'>) => void;
}

/** A written question in its place: the prompt, what is looked for, and a field for the answer. */
export const writtenAnswer = ({
  item,
  key,
  number,
  kept,
  keep,
}: WrittenOptions): { element: HTMLElement; keepNow: () => void } => {
  const draft = takeDraft(key, kept?.updatedAt ?? 0);
  const id = `written-${item.id}`;
  const field = make('textarea', {
    id,
    rows: 10,
    maxLength: handInCaps.written,
    value: draft?.code ?? kept?.text ?? '',
  });
  field.setAttribute('aria-describedby', `${id}-count`);
  const count = make('p', { className: 'hw-note', id: `${id}-count` });
  const deferred = new DeferSave(
    () => {
      keep({ kind: 'written', id: item.id, text: field.value, updatedAt: Date.now() });
    },
    () => {
      leaveDraft(key, field.value);
    },
  );
  const tell = (): void => {
    const words = field.value.trim().split(/\s+/).filter(Boolean).length;
    const left = handInCaps.written - field.value.length;
    count.textContent =
      `${words.toLocaleString('en-GB')} ${words === 1 ? 'word' : 'words'}` +
      (left < 2000 ? `; ${left.toLocaleString('en-GB')} characters left` : '');
  };
  field.addEventListener('input', () => {
    tell();
    deferred.schedule();
  });
  tell();
  if (draft !== undefined) deferred.schedule();

  const heading = `${id}-title`;
  const element = make('section', { className: 'hw-box take-written' }, [
    make('h3', { className: 'hw-title', id: heading }, [
      make('span', { className: 'hw-kicker', textContent: 'In writing' }),
      ` Question ${number}`,
    ]),
    make('div', { className: 'take-prose' }, markdownNodes(item.prompt, { heading: 4 })),
    ...rubric(item),
    make('label', { htmlFor: id, textContent: 'Your answer' }),
    field,
    count,
  ]);
  element.setAttribute('aria-labelledby', heading);
  return {
    element,
    keepNow: () => {
      deferred.flush();
    },
  };
};

/** What is looked for, as the instructor marks it. */
const rubric = ({ rubric: rows }: WrittenItem): Node[] => {
  if (rows.length === 0) return [];
  return [
    make('details', { className: 'take-rubric' }, [
      make('summary', { textContent: 'What is looked for' }),
      make(
        'ul',
        {},
        // Neither is what full points look like shown, though an instructor's own file brings it.
        rows.map(({ criterion, points }) =>
          make('li', {
            textContent: `${visibleText(criterion)} (${points} ${points === 1 ? 'point' : 'points'})`,
          }),
        ),
      ),
    ]),
  ];
};
