/** Reads the page's semantic colours for what CSS cannot reach: Monaco's theme and canvases. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** The present value of a colour token such as `--paper`, as a canvas would paint it (0…255 each). */
export const tokenColour = (token: string): Rgb => {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  probe.hidden = true;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  if (canvas === null) return [128, 128, 128];
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
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
