import { topLevelNames } from '../Editor/top-level-names.ts';

/** A whole import of names: `import { a, type B } from 'heavy-weights';` */
const importing = /^import\s+(type\s+)?\{([^}]*)\}\s+from\s+['"]([^'"]+)['"];?[ \t]*\n?/gmu;

const defined = (code: string): string[] => {
  const { values, types } = topLevelNames(code);
  return [...values, ...types];
};

/** The names that a text may mean: not those of properties, comments and quoted strings. */
const mentioned = (code: string): Set<string> =>
  new Set(
    code
      .replace(/\/\/.*|'(?:\\.|[^'\\\n])*'/g, ' ')
      .match(/(?<![\p{ID_Continue}$]|(?<!\.\.)\.)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu),
  );

/**
 * The code of a cell so that it stands alone: with the code of those cells above it whose definitions it uses, imports
 * first. Where two of them call different things by one name, the earlier is set into a function of its own.
 *
 * @param above - the texts of the earlier cells of the section, in order
 */
export const withAbove = (above: readonly string[], code: string): string => {
  const pieces = [{ code, used: [] as string[] }];
  const wanted = mentioned(code);
  for (const name of defined(code)) wanted.delete(name);
  for (const piece of above.toReversed()) {
    const names = defined(piece);
    const used = names.filter((name) => wanted.has(name));
    if (used.length === 0) continue;
    pieces.unshift({ code: piece, used });
    for (const name of mentioned(piece)) wanted.add(name);
    for (const name of names) wanted.delete(name);
  }
  if (pieces.length === 1) return code;

  const imports = new Map<string, Set<string>>();
  const bodies = pieces.map((piece) => ({
    used: piece.used,
    body: piece.code
      .replace(importing, (_, type: string | undefined, names: string, from: string) => {
        const known = imports.get(from) ?? new Set();
        imports.set(from, known);
        for (const name of names.split(',')) {
          const trimmed = name.trim();
          if (trimmed !== '') known.add(type === undefined ? trimmed : `type ${trimmed}`);
        }
        return '';
      })
      .trim(),
  }));
  const parts = bodies.map(({ used, body }, index) => {
    const later = new Set(bodies.slice(index + 1).flatMap((each) => defined(each.body)));
    if (!defined(body).some((name) => later.has(name))) return body;
    const own = defined(body);
    const given = used.filter((name) => own.includes(name) && !later.has(name)).join(', ');
    const inner = body.replace(/^(?=.)/gm, '  ');
    return `const { ${given} } = await (async () => {\n${inner}\n  return { ${given} };\n})();`;
  });
  const head = [...imports].map(
    ([from, names]) => `import { ${[...names].join(', ')} } from '${from}';`,
  );
  return `${[head.join('\n'), ...parts].join('\n\n')}\n`.trimStart();
};
