import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../src/styles/tokens/colour.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
/** Contrast ratio of WCAG 2.2, 1 … 21. */
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};
const colour = (name: string, theme: 'light' | 'dark'): string => {
  const token = tokens.get(name);
  if (!token) throw new Error(`colour.css has no --${name}`);
  return token[theme];
};

const papers = ['paper', 'paper-raised', 'paper-sunken', 'code-bg'];
const words = [
  'ink',
  'ink-soft',
  'ink-faint',
  'accent',
  'passed',
  'attention',
  'focus',
  'code-ink',
  'plot-1',
  'plot-2',
  'plot-3',
  'plot-4',
  'plot-5',
];

describe.each(['light', 'dark'] as const)('colours, %s', (theme) => {
  it.each(words)('--%s reads on every paper (4.5:1)', (name) => {
    for (const paper of papers) {
      expect(
        contrast(colour(name, theme), colour(paper, theme)),
        `on --${paper}`,
      ).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('--edge shows the edge of a control on every paper (3:1)', () => {
    for (const paper of papers) {
      expect(
        contrast(colour('edge', theme), colour(paper, theme)),
        `on --${paper}`,
      ).toBeGreaterThanOrEqual(3);
    }
  });

  it('--accent-ink reads on --accent', () => {
    expect(contrast(colour('accent-ink', theme), colour('accent', theme))).toBeGreaterThanOrEqual(
      4.5,
    );
  });
});
