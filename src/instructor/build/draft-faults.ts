import { assignmentSchema, type Item } from '../../schemas/assignment.ts';
import { catalogueKey, type CatalogueItem } from '../catalogue.ts';
import { nameKey } from '../student-key.ts';
import { itemTitle, type Draft } from './draft.ts';

/** Something that keeps an assignment from being given out, or that its maker should know. */
export interface DraftFault {
  /** The part of the page where it is mended. */
  part: 'title' | 'instructions' | 'items' | 'times' | 'exceptions' | 'policy';
  words: string;
  /** A warning does not keep it from being given out. */
  warning: boolean;
}

type Index = ReadonlyMap<string, CatalogueItem>;

/** All that is to be mended or known before a draft is given out; the faults first. */
export const draftFaults = (draft: Draft, index: Index, now: Date): DraftFault[] => {
  const found = [
    ...headFaults(draft),
    ...draft.items.flatMap((item) => itemFaults(item, index)),
    ...timeFaults(draft, now),
    ...exceptionFaults(draft),
  ];
  // Whatever the sentences above do not cover, the schema refuses.
  if (!found.some(({ warning }) => !warning)) found.push(...schemaFaults(draft));
  return found.sort((a, b) => Number(a.warning) - Number(b.warning));
};

const fault = (part: DraftFault['part'], words: string): DraftFault => ({
  part,
  words,
  warning: false,
});
const warning = (part: DraftFault['part'], words: string): DraftFault => ({
  part,
  words,
  warning: true,
});

const headFaults = ({ title, items }: Draft): DraftFault[] => [
  ...(title.trim() === '' ? [fault('title', 'Give the assignment a title.')] : []),
  ...(items.length === 0 ? [fault('items', 'Choose at least one exercise or question.')] : []),
];

const itemFaults = (item: Item, index: Index): DraftFault[] => {
  const name = `“${itemTitle(item, index)}”`;
  const found: DraftFault[] = [];
  if (!Number.isFinite(item.points) || item.points < 0) {
    found.push(fault('items', `${name} needs points: 0 or more.`));
  } else if (item.points === 0) {
    found.push(warning('items', `${name} earns no points.`));
  }
  if (item.kind === 'written') return [...found, ...writtenFaults(item, name)];
  const known = index.get(catalogueKey(item));
  if (known === undefined) {
    found.push(
      fault(
        'items',
        `${name} is not in this printing of the book: take it out, or use its printing.`,
      ),
    );
  } else if (known.version !== item.version) {
    found.push(
      warning(
        'items',
        `${name} was set in another version than this printing has; ${item.kind === 'quiz' ? 'students see the options of today' : 'both are marked'}.`,
      ),
    );
  }
  return found;
};

const writtenFaults = (item: Item & { kind: 'written' }, name: string): DraftFault[] => {
  const found: DraftFault[] = [];
  if (item.prompt.trim() === '')
    found.push(fault('items', 'Write the question of the written item.'));
  if (item.rubric.some(({ criterion }) => criterion.trim() === '')) {
    found.push(
      fault('items', `Say what each row of the rubric of ${name} looks for, or remove it.`),
    );
  }
  const sum = item.rubric.reduce((total, { points }) => total + points, 0);
  if (item.rubric.length > 0 && Math.abs(sum - item.points) > 1e-6) {
    found.push(
      warning(
        'items',
        `The rubric of ${name} adds up to ${sum} points, the question earns ${item.points}.`,
      ),
    );
  }
  return found;
};

const timeFaults = ({ opens, due, late, exceptions, policy }: Draft, now: Date): DraftFault[] => {
  const found: DraftFault[] = [];
  const at = (time: string | undefined): number => Date.parse(time ?? '');
  if (at(opens) >= at(due)) found.push(fault('times', 'It must open before it is due.'));
  if (at(due) < now.getTime()) found.push(warning('times', 'The due time is past.'));
  if (due !== undefined && policy.solution === 'after-due' && late.kind === 'accept') {
    found.push(
      warning('policy', 'Solutions open at the due time, and work handed in later still counts.'),
    );
  }
  if (due === undefined) {
    if (policy.solution === 'after-due') {
      found.push(warning('policy', 'Without a due time the solutions never open.'));
    }
    if (exceptions.some((each) => each.due === undefined)) {
      found.push(warning('exceptions', 'Without a due time extra minutes have no effect.'));
    }
  }
  return found;
};

const exceptionFaults = ({ exceptions }: Draft): DraftFault[] => {
  const found: DraftFault[] = [];
  const names = exceptions.map(({ student }) => nameKey(student));
  if (names.includes('')) found.push(fault('exceptions', 'Each exception needs a student.'));
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) found.push(fault('exceptions', `“${twice}” has two exceptions.`));
  if (exceptions.some(({ due, extraMinutes }) => due === undefined && extraMinutes === undefined)) {
    found.push(warning('exceptions', 'An exception without time gives its student nothing.'));
  }
  return found;
};

const PARTS: Readonly<Record<string, DraftFault['part']>> = {
  title: 'title',
  instructions: 'instructions',
  items: 'items',
  opens: 'times',
  due: 'times',
  graceMinutes: 'times',
  late: 'times',
  exceptions: 'exceptions',
};

const schemaFaults = (draft: Draft): DraftFault[] =>
  (assignmentSchema.safeParse(draft).error?.issues ?? [])
    .slice(0, 5)
    .map(({ path, message }) =>
      fault(PARTS[String(path[0])] ?? 'policy', `${path.join('.')}: ${message}.`),
    );
