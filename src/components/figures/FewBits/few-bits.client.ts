import { draw, part } from '../figure-dom.ts';
import { fewBitsDrawing, type BitsLayer, type Format, type Sharing } from './few-bits.ts';

/** Starts the figure of levels over a layer: three choices. */
export function start(root: HTMLElement): void {
  const layers = JSON.parse(part(root, 'data').textContent) as BitsLayer[];
  const [format, sharers, layer] = ['format', 'sharers', 'layer'].map((name) =>
    part<HTMLSelectElement>(root, name),
  ) as [HTMLSelectElement, HTMLSelectElement, HTMLSelectElement];

  const show = (): void => {
    const { attributes, texts } = fewBitsDrawing(
      layers[Number(layer.value)]!,
      format.value as Format,
      sharers.value as Sharing,
    );
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
  };
  for (const control of [format, sharers, layer]) control.addEventListener('change', show);
  show();
}
