import { draw, part } from '../figure-dom.ts';
import { ledgerDrawing, type LedgerData, type Values, type Way } from './size-ledger.ts';

/** Starts the ledger: zeros, values, and the way in which the model is to lie in the device. */
export function start(root: HTMLElement): void {
  const data = JSON.parse(part(root, 'data').textContent) as LedgerData;
  const zeros = part<HTMLInputElement>(root, 'zeros-control');
  const values = part<HTMLSelectElement>(root, 'values-control');
  const way = part<HTMLSelectElement>(root, 'way-control');

  const show = (): void => {
    const { attributes, texts } = ledgerDrawing(
      data,
      Number(zeros.value),
      values.value as Values,
      way.value as Way,
    );
    for (const [name, given] of Object.entries(attributes)) draw(root, name, given);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    zeros.setAttribute('aria-valuetext', texts['zeros']!);
  };

  zeros.addEventListener('input', show);
  values.addEventListener('change', show);
  way.addEventListener('change', show);
  show();
}
