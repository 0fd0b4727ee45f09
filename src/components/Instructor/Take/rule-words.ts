import type { Assignment } from '../../../schemas/assignment.ts';

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const hints = ({ policy }: Assignment): string => {
  if (policy.hints === 'none') return 'There are no hints.';
  return policy.hints === 'free' || policy.hintCost === 0
    ? 'Hints are free.'
    : `Each hint costs ${policy.hintCost}% of the points of its exercise.`;
};

const solutions: Record<Assignment['policy']['solution'], string> = {
  never: 'Solutions stay closed.',
  'after-due': 'Solutions open when the due time is past.',
  'after-pass': 'A solution opens when your code passes its checks.',
  always: 'Solutions are open.',
};

const solution = ({ policy, late: rule, due }: Assignment): string => {
  if (policy.solution !== 'after-due') return solutions[policy.solution];
  if (due === undefined) return 'Solutions stay closed, for there is no due time.';
  return rule.kind === 'deduct'
    ? 'Solutions open when late work no longer counts.'
    : solutions['after-due'];
};

const late = ({ late: rule, due, graceMinutes }: Assignment): string[] => {
  if (due === undefined) return [];
  const grace =
    graceMinutes === 0
      ? ''
      : ` ${plural(graceMinutes, 'minute')} after the due time still count as in time.`;
  const yours = ' If your instructor gave you another time, that one holds.';
  if (rule.kind === 'accept') return [`Late work is accepted.${yours}`];
  if (rule.kind === 'refuse') return [`Late work does not count.${grace}${yours}`];
  return [
    `Late work loses ${rule.percentPerDay}% for each day begun, and counts for nothing after ${plural(rule.mostDays, 'day')}.${grace}${yours}`,
  ];
};

/** The rules of an assignment, a sentence each. */
export const ruleWords = (assignment: Assignment): string[] => {
  const { policy, items, variants, sealKey } = assignment;
  const has = (kind: string): boolean => items.some((item) => item.kind === kind);
  return [
    ...late(assignment),
    ...(has('exercise')
      ? [
          policy.attempts === 0
            ? 'You may press Check as often as you like.'
            : `Each exercise allows ${plural(policy.attempts, 'Check')}.`,
          hints(assignment),
          solution(assignment),
        ]
      : []),
    ...(has('quiz')
      ? [
          `A question gives all its points at the first answer and fewer at each further one${policy.attempts === 0 ? '' : `; it takes ${plural(policy.attempts, 'answer')}`}.`,
        ]
      : []),
    ...(variants && has('exercise')
      ? ['Your Checks draw inputs of your own, by your number or name.']
      : []),
    ...(sealKey === undefined
      ? []
      : ['What you hand in is sealed: only your instructor can open it.']),
    'Your marks come from your instructor’s own run of what you hand in, and not from this page.',
  ];
};
