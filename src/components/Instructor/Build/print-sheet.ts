import { draftPoints, itemTitle } from '../../../instructor/build/draft.ts';
import { timeInWords } from '../../../instructor/build/local-time.ts';
import { catalogueKey, type CatalogueItem } from '../../../instructor/catalogue.ts';
import type { Assignment, Item, WrittenItem } from '../../../schemas/assignment.ts';
import { make } from '../../live/dom.ts';
import { markdownNodes } from '../shared/markdown-nodes.ts';
import { ruleWords } from '../Take/rule-words.ts';
import { fetchPreview } from './fetch-preview.ts';
import { pointsWords } from './item-words.ts';
import { codeBlock, optionList } from './preview-nodes.ts';

type Index = ReadonlyMap<string, CatalogueItem>;

/** Puts the assignment on a sheet that only paper shows, and asks the browser to print it. */
export const printAssignment = async (
  sheet: HTMLElement,
  assignment: Assignment,
  index: Index,
  progress: (done: number, of: number) => void,
): Promise<void> => {
  let done = 0;
  const items = await Promise.all(
    assignment.items.map(async (item, at) => {
      const nodes = await itemNodes(item, index);
      done += 1;
      progress(done, assignment.items.length);
      const heading = `${at + 1}. ${item.kind === 'exercise' ? itemTitle(item, index) : item.kind === 'quiz' ? 'A question' : 'In your own words'}`;
      return make('section', { className: 'build-sheet-item' }, [
        make('h3', { textContent: `${heading} (${pointsWords(item.points)})` }),
        ...nodes,
      ]);
    }),
  );
  const { title, opens, due, instructions, id } = assignment;
  const times = [
    ...(opens === undefined ? [] : [`Opens on ${timeInWords(opens)}.`]),
    ...(due === undefined ? [] : [`Due on ${timeInWords(due)}.`]),
    `${pointsWords(draftPoints(assignment))} in all.`,
  ];
  sheet.replaceChildren(
    make('h2', { textContent: title }),
    make('p', { textContent: times.join(' ') }),
    ...markdownNodes(instructions, { heading: 3 }),
    make('h3', { textContent: 'The rules' }),
    make(
      'ul',
      {},
      ruleWords(assignment).map((rule) => make('li', { textContent: rule })),
    ),
    ...items,
    make('p', { className: 'desk-small', textContent: `Assignment ${id}` }),
  );
  print();
};

const itemNodes = async (item: Item, index: Index): Promise<Node[]> => {
  if (item.kind === 'written') return writtenNodes(item);
  const known = index.get(catalogueKey(item));
  try {
    if (known === undefined) throw new Error(`This printing has no ${catalogueKey(item)}.`);
    const preview = await fetchPreview(known);
    if (preview.kind === 'quiz') return [...preview.question, optionList(preview.options, false)];
    return [
      make('p', { className: 'desk-small', textContent: `Section ${known.section} of the book.` }),
      ...preview.statement,
      codeBlock('The code it begins with', preview.starter),
    ];
  } catch (error) {
    console.warn(error);
    return [make('p', { textContent: 'Its text could not be fetched: see the book.' })];
  }
};

const writtenNodes = ({ prompt, rubric }: WrittenItem): Node[] => [
  ...markdownNodes(prompt, { heading: 4 }),
  ...(rubric.length === 0
    ? []
    : [
        make(
          'ul',
          {},
          rubric.map(({ criterion, points }) =>
            make('li', { textContent: `${criterion}: ${pointsWords(points)}` }),
          ),
        ),
      ]),
];
