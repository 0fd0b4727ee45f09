import { topLevelNames } from './top-level-names.ts';

/**
 * Earlier cells of a section as declaration files of the language service: each becomes a module that
 * exports what it defines, and its names become globals of the cell being edited, as they are when it runs.
 */
export const aboveLibraries = (
  above: readonly string[],
): { content: string; filePath: string }[] => {
  const owner = new Map<string, number>();
  const libraries = above.map((code, index) => {
    const names = topLevelNames(code);
    for (const name of [...names.values, ...names.types]) owner.set(name, index);
    const all = [...names.values, ...names.types].filter((name) => !names.exported.includes(name));
    return {
      names,
      content: `${code}\nexport { ${[...new Set(all)].join(', ')} };\n`,
      filePath: `file:///above/cell-${index}.ts`,
    };
  });
  const globals = libraries.flatMap(({ names }, index) => {
    const from = `import('./cell-${index}')`;
    // A later definition of a name hides an earlier one.
    const own = (name: string): boolean => owner.get(name) === index;
    return [
      ...names.values.filter(own).map((name) => `  const ${name}: typeof ${from}.${name};`),
      ...names.types.filter(own).map((name) => `  type ${name} = ${from}.${name};`),
    ];
  });
  return [
    ...libraries.map(({ content, filePath }) => ({ content, filePath })),
    {
      content: `export {};\ndeclare global {\n${globals.join('\n')}\n}\n`,
      filePath: 'file:///above/globals.d.ts',
    },
  ];
};
