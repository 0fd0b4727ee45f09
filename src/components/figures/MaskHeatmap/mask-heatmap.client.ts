import { draw, part, write } from '../figure-dom.ts';
import {
  heatmapPaths,
  heatmapTexts,
  type HeatmapData,
  type HeatmapState,
  type PatternId,
} from './mask-heatmap.ts';

/** Starts the figure of masks: a slider of zeros, and a choice of pattern. */
export function start(root: HTMLElement): void {
  const data = JSON.parse(part(root, 'data').textContent) as HeatmapData;
  const level = part<HTMLInputElement>(root, 'level-control');
  const pattern = part<HTMLSelectElement>(root, 'pattern');

  const show = (): void => {
    const state: HeatmapState = {
      level: Number(level.value),
      pattern: pattern.value as PatternId,
    };
    for (const [name, d] of Object.entries(heatmapPaths(data, state))) draw(root, name, { d });
    for (const [name, text] of Object.entries(heatmapTexts(data, state))) write(root, name, text);
  };

  level.addEventListener('input', show);
  pattern.addEventListener('change', show);
  show();
}
