import { draw, part, write } from '../figure-dom.ts';
import {
  kernelDrawing,
  kernelRows,
  kernelTexts,
  readKernel,
  type DepthwiseKernel,
  type Granularity,
} from './per-channel.ts';

/** Starts the figure of scales by channel: a choice of layer, of scales, and a slider of bits. */
export function start(root: HTMLElement): void {
  const kernels = JSON.parse(part(root, 'data').textContent) as DepthwiseKernel[];
  const layer = part<HTMLSelectElement>(root, 'layer');
  const granularity = part<HTMLSelectElement>(root, 'granularity');
  const bits = part<HTMLInputElement>(root, 'bits-control');

  const show = (): void => {
    const kernel = kernels[Number(layer.value)]!;
    const chosen = granularity.value as Granularity;
    const width = Number(bits.value);
    for (const [name, values] of Object.entries(kernelDrawing(readKernel(kernel, width, chosen))))
      draw(root, name, values);
    for (const [name, text] of Object.entries(kernelTexts(kernel, width, chosen)))
      write(root, name, text);
    part(root, 'rows').replaceChildren(...kernelRows(kernel, width).map(line));
  };

  for (const control of [layer, granularity]) control.addEventListener('change', show);
  bits.addEventListener('input', show);
  show();
}

/** A line of the table: its first cell names the channel. */
function line([channel, ...cells]: string[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = channel!;
  row.append(head);
  for (const text of cells) row.insertCell().textContent = text;
  return row;
}
