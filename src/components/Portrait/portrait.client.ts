import { initial, portraitFigures, quantizePortrait } from './quantize-portrait.ts';

/** Quantizes the plate at every move of the slider. The first move may have come before this code did. */
export const livePortrait = async (host: HTMLElement): Promise<void> => {
  const slider = host.querySelector<HTMLInputElement>('[data-bits]');
  const dither = host.querySelector<HTMLInputElement>('[data-dither]');
  const canvas = host.querySelector('canvas');
  const image = host.querySelector('img');
  const pen = canvas?.getContext('2d', { willReadFrequently: true });
  if (!slider || !dither || !canvas || !image || !pen) return;
  const { width, height } = canvas;

  const grey = await readGrey(host.dataset['plate'] ?? '', pen);
  const pixels = pen.createImageData(width, height);
  const show = (): void => {
    const bits = Number(slider.value);
    const result = quantizePortrait(grey, width, bits, dither.checked);
    for (let at = 0; at < result.grey.length; at++) {
      pixels.data.fill(Math.round(result.grey[at] ?? 0), 4 * at, 4 * at + 3);
      pixels.data[4 * at + 3] = 255;
    }
    pen.putImageData(pixels, 0, 0);
    canvas.hidden = false;
    image.style.display = 'none';
    const figures = portraitFigures(result, bits);
    slider.setAttribute('aria-valuetext', figures.bits);
    for (const [name, words] of Object.entries(figures)) {
      const place = host.querySelector(`[data-figure="${name}"]`);
      if (place) place.textContent = words;
    }
  };
  slider.addEventListener('input', show);
  dither.addEventListener('change', show);
  if (Number(slider.value) !== initial.bits || dither.checked !== initial.dither) show();
};

/** The plate's grey levels, out of its lossless file. */
const readGrey = async (url: string, pen: CanvasRenderingContext2D): Promise<Float32Array> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The portrait's plate is not there: ${response.status} ${url}`);
  const bitmap = await createImageBitmap(await response.blob(), { colorSpaceConversion: 'none' });
  pen.drawImage(bitmap, 0, 0);
  const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
  return Float32Array.from({ length: data.length / 4 }, (_, at) => data[4 * at] ?? 0);
};
