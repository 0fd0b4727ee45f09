import type { Assignment } from '../../../schemas/assignment.ts';

/** `assignment-eight-bits-a1b2c3d4e5f.json`: a name that every system can keep. */
export const fileName = (
  { id, title }: Pick<Assignment, 'id' | 'title'>,
  what: 'assignment' | 'for-students' | 'key' = 'assignment',
): string => {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const [first, last] = what === 'for-students' ? ['assignment', [what]] : [what, []];
  return [first, ...(words === '' ? [] : [words]), id, ...last].join('-') + '.json';
};
