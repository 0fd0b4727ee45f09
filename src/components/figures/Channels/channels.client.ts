import { draw, part } from '../figure-dom.ts';
import { channelsDrawing, channelsRows, type ChannelsData, type Where } from './channels.ts';

/** Starts the figure of the channels: how many are cut, and where. */
export function start(root: HTMLElement): void {
  const data = JSON.parse(part(root, 'data').textContent) as ChannelsData;
  const share = part<HTMLInputElement>(root, 'share-control');
  const where = part<HTMLSelectElement>(root, 'where');

  const show = (): void => {
    const place = where.value as Where;
    const { attributes, texts } = channelsDrawing(data, place, Number(share.value) / 100);
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const target = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (target.textContent !== text) target.textContent = text;
    }
  };
  const tabulate = (): void =>
    part(root, 'rows').replaceChildren(...channelsRows(data, where.value as Where).map(tableRow));

  share.addEventListener('input', show);
  where.addEventListener('change', () => {
    show();
    tabulate();
  });
  show();
  tabulate();
}

function tableRow([share = '', ...cells]: string[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  row.append(
    Object.assign(document.createElement('th'), { scope: 'row', textContent: share }),
    ...cells.map((text) => Object.assign(document.createElement('td'), { textContent: text })),
  );
  return row;
}
