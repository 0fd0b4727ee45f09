export interface TopLevelNames {
  /** Variables, functions, classes, enums, imports. */
  values: string[];
  /** Interfaces and type aliases. */
  types: string[];
  /** Those that the code exports itself. */
  exported: string[];
}

const name = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*';
const declaration = new RegExp(
  `^(export\\s+)?(?:default\\s+)?(?:declare\\s+)?(?:(?:async\\s+)?function\\s*\\*?|abstract\\s+class|class|enum|interface|type|const|let|var)\\s+(${name})`,
  'gmu',
);
const destructuring = /^(export\s+)?(?:const|let|var)\s+(\{[^}]*\}|\[[^\]]*\])\s*(?::[^=]+)?=/gmu;
const importing = /^import\s+(type\s+)?([^'"]+?)\s+from\s+['"]/gmu;

/** `{ a, b: c, ...rest }` or `[a, , b = 1]` → the names it binds. */
const boundNames = (pattern: string): string[] =>
  pattern
    .slice(1, -1)
    .split(/[,{}[\]]/)
    .map((part) => (part.split('=')[0] ?? '').split(':').at(-1)?.replace('...', '').trim() ?? '')
    .filter((part) => new RegExp(`^${name}$`, 'u').test(part));

/** `def, * as ns` or `{ a, type B, c as d }` → the names and whether each is only a type. */
const importedNames = (clause: string): { name: string; type: boolean }[] =>
  clause
    .split(/[,{}]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => ({
      name:
        part
          .split(/\s+as\s+/)
          .at(-1)
          ?.replace(/^type\s+/, '') ?? part,
      type: part.startsWith('type '),
    }));

/**
 * What a cell defines at its top level, found without a parser: such declarations start a line at its
 * left edge, as the book and its formatter set them. It serves completion only; when a reader indents
 * one, its name is merely not known to the cells below while they are edited.
 */
export const topLevelNames = (code: string): TopLevelNames => {
  const found: TopLevelNames = { values: [], types: [], exported: [] };
  const add = (each: string, type: boolean, exported: boolean): void => {
    (type ? found.types : found.values).push(each);
    if (exported) found.exported.push(each);
  };
  for (const [text, exported, each] of code.matchAll(declaration)) {
    add(each!, /\b(?:interface|type)\s+\S+$/u.test(text), exported !== undefined);
  }
  for (const [, exported, pattern] of code.matchAll(destructuring)) {
    for (const each of boundNames(pattern!)) add(each, false, exported !== undefined);
  }
  for (const [, onlyType, clause] of code.matchAll(importing)) {
    for (const each of importedNames(clause!))
      add(each.name, onlyType !== undefined || each.type, false);
  }
  found.values = [...new Set(found.values)];
  found.types = [...new Set(found.types)].filter((each) => !found.values.includes(each));
  return found;
};
