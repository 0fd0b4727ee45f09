/** The cells of the book as text: `content/chapters/<chapter>/cells/<id>.ts` and its Python twin. */
const typescript = import.meta.glob<string>('/content/chapters/*/cells/*.ts', {
  query: '?raw',
  import: 'default',
});
const python = import.meta.glob<string>('/content/chapters/*/cells/*.py', {
  query: '?raw',
  import: 'default',
});

const pathOf = (chapter: string, file: string): string =>
  `/content/chapters/${chapter}/cells/${file}`;

/** A cell's TypeScript; a cell that is not there fails the build. */
export const cellCode = async (chapter: string, id: string): Promise<string> => {
  const path = pathOf(chapter, `${id}.ts`);
  const read = typescript[path];
  if (read === undefined)
    throw new Error(`<Cell id="${id}"> of ${chapter} has no file: write ${path.slice(1)}.`);
  return read();
};

/** The Python file of a chapter's cells, if there is one. */
export const pythonCode = async (chapter: string, file: string): Promise<string | undefined> =>
  python[pathOf(chapter, file)]?.();
