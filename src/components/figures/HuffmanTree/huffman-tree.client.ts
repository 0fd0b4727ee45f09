import { draw, part } from '../figure-dom.ts';
import {
  grown,
  isLightest,
  join,
  startForest,
  treeDrawing,
  treeName,
  treeTexts,
  wordRows,
  type Forest,
  type Label,
  type Symbol,
} from './huffman-tree.ts';

/** Starts the figure of the tree: trees are chosen by buttons and joined in pairs. */
export function start(root: HTMLElement): void {
  const symbols = JSON.parse(part(root, 'data').textContent) as Symbol[];
  const list = part(root, 'forest');
  let past: Forest[] = [startForest(symbols)];
  let chosen: number[] = [];
  let said: string | undefined;

  const forest = (): Forest => past.at(-1)!;

  const label = (name: string, labels: readonly Label[]): void => {
    for (let i = 0; i < symbols.length; i++) {
      const { x = 0, y = 0, text = '' } = labels[i] ?? {};
      draw(root, `${name}-${i}`, { x: x.toFixed(1), y: y.toFixed(1) });
      part(root, `${name}-${i}`).textContent = text;
    }
  };

  const show = (): void => {
    const { branches, roots, letters } = treeDrawing(forest());
    draw(root, 'branches', { d: branches });
    label('root', roots);
    label('letter', letters);
    list.replaceChildren(...forest().map(treeButton));
    part(root, 'rows').replaceChildren(...wordRows(symbols, forest()).map(tableRow));
    for (const [name, text] of Object.entries(treeTexts(symbols, forest(), said))) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    part<HTMLButtonElement>(root, 'join').disabled = chosen.length !== 2;
    part<HTMLButtonElement>(root, 'lightest').disabled = forest().length < 2;
    part<HTMLButtonElement>(root, 'finish').disabled = forest().length < 2;
    part<HTMLButtonElement>(root, 'undo').disabled = past.length < 2;
  };

  /** What stays chosen when a third is chosen: the last and the new one. */
  const choose = (index: number): void => {
    chosen = chosen.includes(index)
      ? chosen.filter((other) => other !== index)
      : [...chosen.slice(-1), index];
    show();
    (list.children[index] as HTMLElement).focus();
  };

  const treeButton = (tree: Forest[number], index: number): HTMLButtonElement => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = treeName(tree);
    button.setAttribute('aria-pressed', String(chosen.includes(index)));
    button.addEventListener('click', () => choose(index));
    return button;
  };

  const joinPair = (first: number, second: number): void => {
    const [a, b] = [forest()[first]!, forest()[second]!];
    said = isLightest(forest(), first, second)
      ? `${treeName(a)} and ${treeName(b)} make ${a.count + b.count}.`
      : `${treeName(a)} and ${treeName(b)} make ${a.count + b.count}. There were lighter ones.`;
    past.push(join(forest(), first, second));
    chosen = [];
    show();
  };

  part(root, 'join').addEventListener('click', () => {
    joinPair(Math.min(...chosen), Math.max(...chosen));
    list.querySelector('button')?.focus();
  });
  part(root, 'lightest').addEventListener('click', () => joinPair(0, 1));
  part(root, 'finish').addEventListener('click', () => {
    past.push(grown(forest()));
    chosen = [];
    show();
  });
  part(root, 'undo').addEventListener('click', () => {
    past.pop();
    chosen = [];
    said = undefined;
    show();
  });
  part(root, 'again').addEventListener('click', () => {
    past = past.slice(0, 1);
    chosen = [];
    said = undefined;
    show();
  });
  show();
}

function tableRow([letter = '', ...cells]: string[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  row.append(
    Object.assign(document.createElement('th'), { scope: 'row', textContent: letter }),
    ...cells.map((text) => Object.assign(document.createElement('td'), { textContent: text })),
  );
  return row;
}
