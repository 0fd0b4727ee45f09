import type { Remark } from './graded.ts';

const named = /\b(?:from|import)\s*\(?\s*(['"`])([^'"`\n]+)\1/g;
/** An import whose module is computed. */
const computed = /\bimport\s*\((?!\s*(['"`])[^'"`\n]+\1\s*\))/;

/**
 * What a program imports and the book's own solution does not: it may call what it was asked to write. No task forbids an
 * import by itself, so this costs nothing; whoever marks decides.
 *
 * @param solution - nothing is said where it is not known
 */
export const importRemarks = (code: string, solution: string | undefined): Remark[] => {
  if (solution === undefined) return [];
  const usual = new Set(importsOf(solution));
  const more = [...new Set(importsOf(code))].filter((module) => !usual.has(module));
  if (more.length === 0) return [];
  return [
    {
      code: 'imports-more',
      text: `It imports ${more.slice(0, 4).join(' and ')}, which the book’s solution does without: see that it does not call what it was asked to write.`,
    },
  ];
};

const importsOf = (code: string): string[] => [
  ...[...code.matchAll(named)].map(([, , module = '']) => `‘${module.slice(0, 60)}’`),
  ...(computed.test(code) ? ['a module by a computed name'] : []),
];
