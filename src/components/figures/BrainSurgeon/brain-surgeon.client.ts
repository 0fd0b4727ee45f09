import { draw, part } from '../figure-dom.ts';
import { surgeonDrawing, surgeonRows, type Gone, type Patient } from './brain-surgeon.ts';

/** Starts the figure of two weights: which is deleted, and what they and their inputs are. */
export function start(root: HTMLElement): void {
  const beginning = JSON.parse(part(root, 'data').textContent) as Patient;
  const sliders = {
    first: part<HTMLInputElement>(root, 'first-control'),
    second: part<HTMLInputElement>(root, 'second-control'),
    secondInput: part<HTMLInputElement>(root, 'second-input-control'),
    alike: part<HTMLInputElement>(root, 'alike-control'),
  };
  const gone = part<HTMLSelectElement>(root, 'gone-control');
  const rows = part<HTMLTableSectionElement>(root, 'rows');
  // Sliders have steps: until one is moved the weights are the network’s own.
  let patient = { ...beginning, gone: gone.value as Gone };

  const show = (): void => {
    const { attributes, texts } = surgeonDrawing(patient);
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    for (const [r, cells] of surgeonRows(patient).entries())
      for (const [c, cell] of cells.entries()) rows.rows[r]!.cells[c]!.textContent = cell;
  };

  for (const [name, slider] of Object.entries(sliders)) {
    slider.addEventListener('input', () => {
      patient = { ...patient, [name]: Number(slider.value) };
      show();
    });
  }
  gone.addEventListener('change', () => {
    patient = { ...patient, gone: gone.value as Gone };
    show();
  });
  part(root, 'again').addEventListener('click', () => {
    patient = { ...beginning, gone: gone.value as Gone };
    for (const [name, slider] of Object.entries(sliders))
      slider.value = String(beginning[name as keyof typeof sliders]);
    show();
  });
  show();
}
