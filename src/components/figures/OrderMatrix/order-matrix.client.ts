import { draw, part } from '../figure-dom.ts';
import { AFTER, MADE, leftOf, orderDrawing, type OrderData } from './order-matrix.ts';

/** Starts the figure of the orders: two choices. */
export function start(root: HTMLElement): void {
  const data = JSON.parse(part(root, 'data').textContent) as OrderData;
  const order = part<HTMLSelectElement>(root, 'order');
  const care = part<HTMLSelectElement>(root, 'care');

  const show = (): void => {
    const careful = care.value === 'careful';
    const { attributes, texts } = orderDrawing(data, order.value, careful);
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    for (const first of MADE) {
      for (const after of AFTER) {
        const cell = part(root, `${first}${after}`);
        const left = leftOf(data, first, after, careful);
        cell.textContent = left.text;
        cell.dataset['kept'] = String(left.kept);
      }
    }
  };

  order.addEventListener('change', show);
  care.addEventListener('change', show);
  show();
}
