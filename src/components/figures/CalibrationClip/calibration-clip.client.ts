import { draw, part, write } from '../figure-dom.ts';
import { WIDTH, clipDrawing, nearestClip, type ClipData } from './calibration-clip.ts';

/** Starts the figure of a clip over an activation: a slider, a choice of bits, and a line that can be dragged. */
export function start(root: HTMLElement): void {
  const data = JSON.parse(part(root, 'data').textContent) as ClipData;
  const slider = part<HTMLInputElement>(root, 'clip-control');
  const bits = part<HTMLSelectElement>(root, 'bits');
  const plot = part<SVGSVGElement>(root, 'plot');

  const show = (): void => {
    const { attributes, texts } = clipDrawing(data, Number(slider.value), Number(bits.value));
    for (const [name, values] of Object.entries(attributes)) draw(root, name, values);
    for (const [name, text] of Object.entries(texts)) write(root, name, text);
  };

  const follow = (event: PointerEvent): void => {
    const { left, width } = plot.getBoundingClientRect();
    slider.value = String(nearestClip(data, ((event.clientX - left) / width) * WIDTH));
    show();
  };
  plot.addEventListener('pointerdown', (event) => {
    plot.setPointerCapture(event.pointerId);
    follow(event);
  });
  plot.addEventListener('pointermove', (event) => {
    if (plot.hasPointerCapture(event.pointerId)) follow(event);
  });
  slider.addEventListener('input', show);
  bits.addEventListener('change', show);
  show();
}
