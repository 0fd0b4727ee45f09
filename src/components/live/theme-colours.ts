/** Reads the page's semantic colours for what CSS cannot reach: Monaco's theme and canvases. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** `rgb(1, 2, 3)` as browsers compute most colours; others (`oklch()`, `color()`) are painted and read. */
const toRgb = (colour: string): Rgb => {
  const plain = /^rgba?\((\d+), (\d+), (\d+)/.exec(colour);
  if (plain !== null) return [Number(plain[1]), Number(plain[2]), Number(plain[3])];
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) return [128, 128, 128];
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
};

/** The present values of colour tokens such as `--paper`; all at once, for each look costs a restyle. */
export const tokenColours = <T extends string>(tokens: readonly T[]): Record<T, Rgb> => {
  const probe = document.createElement('div');
  probe.hidden = true;
  const spans = tokens.map((token) => {
    const span = document.createElement('span');
    span.style.color = `var(${token})`;
    return span;
  });
  probe.append(...spans);
  document.body.append(probe);
  const colours = spans.map((span) => toRgb(getComputedStyle(span).color));
  probe.remove();
  return Object.fromEntries(tokens.map((token, index) => [token, colours[index]])) as Record<
    T,
    Rgb
  >;
};

/** `[255, 0, 0]` → `#ff0000`. */
export const toHex = (colour: Rgb): string =>
  `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

export const isDark = ([red, green, blue]: Rgb): boolean =>
  0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;

/** Calls back when the page changes between light and dark, by its own switch or by the system. */
export const onThemeChange = (callback: () => void): void => {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', callback);
  new MutationObserver(callback).observe(document.documentElement, {
    attributeFilter: ['data-theme', 'class', 'style'],
  });
};
