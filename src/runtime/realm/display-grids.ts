/** Heat maps and images: data on a grid, made small enough to send by averaging blocks. */
import { caps } from '../caps.ts';
import { isList, titleOf, wrongArgument } from './display-items.ts';
import type { ImageItem, TensorItem } from '../protocol.ts';
import type { Matrix, Picture, TitleOption } from '../book-types.ts';

interface Grid {
  data: ArrayLike<number>;
  rows: number;
  cols: number;
  shape: number[];
  dtype: string;
}

export function toTensorItem(values: Matrix, options?: TitleOption): TensorItem {
  const grid = readGrid(values);
  const rows = Math.min(grid.rows, caps.heatmapSide);
  const cols = Math.min(grid.cols, caps.heatmapSide);
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let finite = 0;
  for (let index = 0; index < grid.rows * grid.cols; index++) {
    const value = Number(grid.data[index]);
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    finite += 1;
  }
  return {
    kind: 'tensor',
    ...titleOf(options),
    shape: grid.shape,
    dtype: grid.dtype,
    rows,
    cols,
    values: averageBlocks(grid, rows, cols),
    min: finite > 0 ? min : 0,
    max: finite > 0 ? max : 0,
    mean: finite > 0 ? sum / finite : 0,
  };
}

function readGrid(values: Matrix): Grid {
  const expected = 'a tensor, an array of rows, or { data, rows, cols }';
  if (typeof values !== 'object' || values === null)
    throw wrongArgument('display.heatmap', 'values', expected, values);
  if ('dataSync' in values) {
    const { shape, dtype } = values;
    // Leading axes are stacked below one another; a vector is one row.
    const cols = shape.at(-1) ?? 1;
    const rows = cols === 0 ? 0 : values.size / cols;
    return { data: values.dataSync<'float32'>(), rows, cols, shape: [...shape], dtype };
  }
  if (Array.isArray(values)) {
    const cols = isList(values[0]) ? values[0].length : -1;
    if (cols < 0 || values.some((row) => !isList(row) || row.length !== cols)) {
      throw wrongArgument('display.heatmap', 'values', 'an array of rows of equal length', values);
    }
    return {
      data: values.flat(),
      rows: values.length,
      cols,
      shape: [values.length, cols],
      dtype: 'float32',
    };
  }
  const { data, rows, cols } = values;
  if (
    !isList(data) ||
    !Number.isInteger(rows) ||
    !Number.isInteger(cols) ||
    rows * cols !== data.length ||
    rows < 0
  ) {
    throw wrongArgument(
      'display.heatmap',
      'values',
      `${expected} where data holds rows × cols numbers`,
      values,
    );
  }
  return { data, rows, cols, shape: [rows, cols], dtype: dtypeOf(data) };
}

function dtypeOf(data: ArrayLike<number>): string {
  return ArrayBuffer.isView(data)
    ? data.constructor.name.replace(/Array$/, '').toLowerCase()
    : 'float32';
}

/** Each cell of the small grid is the mean of the cells of the large one that it covers. */
function averageBlocks(grid: Grid, rows: number, cols: number): Float32Array {
  const values = new Float32Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const top = Math.floor((row * grid.rows) / rows);
    const bottom = Math.floor(((row + 1) * grid.rows) / rows);
    for (let col = 0; col < cols; col++) {
      const left = Math.floor((col * grid.cols) / cols);
      const right = Math.floor(((col + 1) * grid.cols) / cols);
      let sum = 0;
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) sum += Number(grid.data[y * grid.cols + x]);
      values[row * cols + col] = sum / ((bottom - top) * (right - left));
    }
  }
  return values;
}

export function toImage(picture: Picture, options?: TitleOption): ImageItem {
  const { data, width, height, channels = 1 } = picture ?? ({} as Picture);
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw wrongArgument('display.image', 'width and height', 'whole numbers from 1', {
      width,
      height,
    });
  }
  if (!isList(data) || ![1, 3, 4].includes(channels) || data.length !== width * height * channels) {
    throw wrongArgument(
      'display.image',
      'data',
      `width × height × channels = ${width * height * channels} numbers`,
      isList(data) ? `${data.length} numbers` : data,
    );
  }
  const scale =
    brightest(data) <= 1 && !(data instanceof Uint8Array || data instanceof Uint8ClampedArray)
      ? 255
      : 1;
  const shrink = Math.max(1, Math.ceil(Math.max(width, height) / caps.imageSide));
  const outWidth = Math.ceil(width / shrink);
  const outHeight = Math.ceil(height / shrink);
  const pixels = new Uint8ClampedArray(outWidth * outHeight * 4);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const from = (y * shrink * width + x * shrink) * channels;
      const to = (y * outWidth + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        pixels[to + channel] = Number(data[from + (channels === 1 ? 0 : channel)]) * scale;
      }
      pixels[to + 3] = channels === 4 ? Number(data[from + 3]) * scale : 255;
    }
  }
  return { kind: 'image', ...titleOf(options), width: outWidth, height: outHeight, pixels };
}

function brightest(data: ArrayLike<number>): number {
  let max = 0;
  for (let index = 0; index < data.length; index++) if (data[index]! > max) max = data[index]!;
  return max;
}
