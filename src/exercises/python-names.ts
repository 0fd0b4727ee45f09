/**
 * The TensorFlow, Keras and TFMOT names that a Python twin uses, so that each can be compared with a
 * committed list: the book does not run Python, and must not teach a function that does not exist.
 */

/** Packages whose names are checked, by the short form in which the list writes them. */
const shortForms: Record<string, string> = {
  tensorflow: 'tf',
  tensorflow_model_optimization: 'tfmot',
  keras: 'tf.keras',
  ai_edge_litert: 'ai_edge_litert',
};

/** One use of a checked name. */
export interface PythonName {
  /** `tf.keras.layers.Dense` */
  name: string;
  line: number;
}

/** Every dotted name of a checked package in a Python text, with the line it stands on. */
export function pythonNames(source: string): PythonName[] {
  const lines = blankStrings(source).split('\n');
  const aliases = new Map<string, string>();
  const names: PythonName[] = [];
  for (const [index, line] of lines.entries()) {
    const imported = readImport(line);
    if (imported === undefined) continue;
    for (const { alias, name, listed } of imported) {
      aliases.set(alias, name);
      if (listed) names.push({ name, line: index + 1 });
    }
    lines[index] = '';
  }
  for (const [index, line] of lines.entries()) {
    for (const [dotted] of line.matchAll(/(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g)) {
      const [root = '', ...path] = dotted.split('.');
      const name = aliases.get(root);
      if (name !== undefined && path.length > 0)
        names.push({ name: [name, ...path].join('.'), line: index + 1 });
    }
  }
  return names;
}

interface Imported {
  alias: string;
  name: string;
  /** Whether the import itself names something inside a package, which must be in the list. */
  listed: boolean;
}

/** What an import statement binds, of the checked packages only; undefined if the line is none. */
function readImport(line: string): Imported[] | undefined {
  const whole = /^\s*import\s+(.+)$/.exec(line)?.[1];
  if (whole !== undefined) {
    return whole.split(',').flatMap((part) => {
      const [module = '', alias] = part.trim().split(/\s+as\s+/);
      const name = shorten(module);
      if (name === undefined) return [];
      const bound = alias ?? module;
      return [{ alias: bound.split('.')[0] ?? bound, name, listed: module.includes('.') }];
    });
  }
  const from = /^\s*from\s+([\w.]+)\s+import\s+\(?([^)]*)\)?\s*$/.exec(line);
  if (!from) return undefined;
  const base = shorten(from[1] ?? '');
  if (base === undefined) return [];
  return (from[2] ?? '').split(',').map((part) => {
    const [item = '', alias] = part.trim().split(/\s+as\s+/);
    return { alias: alias ?? item, name: `${base}.${item}`, listed: true };
  });
}

function shorten(module: string): string | undefined {
  const [root = '', ...path] = module.split('.');
  const short = shortForms[root];
  return short === undefined ? undefined : [short, ...path].join('.');
}

/** The text with comments and the insides of strings blanked, lines kept. f-string fields go with them. */
function blankStrings(source: string): string {
  const pattern = /("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g;
  return source.replace(pattern, (text) => text.replace(/[^\n]/g, ' '));
}
