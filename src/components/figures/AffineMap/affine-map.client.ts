import { draw, part } from '../figure-dom.ts';
import { WIDTH, mapDrawing, position, valueAt } from './affine-map-drawing.ts';
import {
  mapRows,
  mapTexts,
  orderEnds,
  reachOf,
  type MapState,
  type MapTensor,
  type Zero,
} from './affine-map.ts';

/** Starts the figure of the affine map: the ends of a range can be dragged, and every code goes with them. */
export function start(root: HTMLElement): void {
  const tensors = JSON.parse(part(root, 'data').textContent) as MapTensor[];
  const control = (name: string) => part<HTMLInputElement>(root, `${name}-control`);
  const [low, high, bits] = [control('low'), control('high'), control('bits')];
  const zero = part<HTMLSelectElement>(root, 'zero-control');
  const choice = part<HTMLSelectElement>(root, 'tensor-control');
  const map = part<SVGSVGElement>(root, 'map');
  const tensor = (): MapTensor => tensors[Number(choice.value)]!;

  const show = (): void => {
    const state: MapState = {
      tensor: tensor(),
      low: Number(low.value),
      high: Number(high.value),
      bits: Number(bits.value),
      zero: zero.value as Zero,
    };
    for (const [name, values] of Object.entries(mapDrawing(state))) draw(root, name, values);
    for (const [name, text] of Object.entries(mapTexts(state))) {
      const place = part(root, name);
      // The status is spoken: it is written only when it has changed.
      if (place.textContent !== text) place.textContent = text;
    }
    const lines = part(root, 'rows').querySelectorAll('tr');
    mapRows(state).forEach((cells, line) => {
      cells.forEach((cell, i) => {
        lines[line]!.children[i + 1]!.textContent = cell;
      });
    });
  };

  const setEnds = (moved: 'low' | 'high'): void => {
    const ends = orderEnds(Number(low.value), Number(high.value), moved, reachOf(tensor()));
    low.value = String(ends.low);
    high.value = String(ends.high);
    show();
  };

  const fitReach = (): void => {
    const { from, to } = reachOf(tensor());
    for (const end of [low, high]) {
      end.min = String(from);
      end.max = String(to);
    }
  };

  let dragged: 'low' | 'high' = 'low';
  const follow = (event: PointerEvent): void => {
    const { left, width } = map.getBoundingClientRect();
    const value = valueAt(((event.clientX - left) / width) * WIDTH, tensor());
    (dragged === 'low' ? low : high).value = String(value);
    setEnds(dragged);
  };
  map.addEventListener('pointerdown', (event) => {
    const { left, width } = map.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * WIDTH;
    const distance = (end: HTMLInputElement) => Math.abs(position(Number(end.value), tensor()) - x);
    dragged = distance(low) <= distance(high) ? 'low' : 'high';
    map.setPointerCapture(event.pointerId);
    follow(event);
  });
  map.addEventListener('pointermove', (event) => {
    if (map.hasPointerCapture(event.pointerId)) follow(event);
  });
  low.addEventListener('input', () => setEnds('low'));
  high.addEventListener('input', () => setEnds('high'));
  bits.addEventListener('input', show);
  zero.addEventListener('change', show);
  choice.addEventListener('change', () => {
    fitReach();
    low.value = tensor().quantiles[0]!.toFixed(2);
    high.value = tensor().quantiles.at(-1)!.toFixed(2);
    show();
  });

  fitReach();
  show();
}
