import { ReaderError } from '../../../shared/reader-error.ts';
import type { Examples } from '../../../workbench/examples.ts';
import { shapeText } from '../layer-rows.ts';
import { readFile } from './read-file.ts';

/** Of one file of an image: pictures of that size need no more. */
const MOST_IMAGE_BYTES = 64 * 2 ** 20;
/** All pixels together. */
const MOST_VALUES = 256 * 2 ** 20;

/** How a model takes an image. */
interface Frame {
  height: number;
  width: number;
  channels: 1 | 3;
}

/**
 * Reads pictures for a model: each is scaled to the height and width of the input, made grey where the input has one
 * channel, and comes as bytes.
 *
 * @throws ReaderError `images-do-not-fit`, `image-not-readable`, `images-too-many`
 */
export const readImages = async (
  files: readonly File[],
  inputShape: readonly number[],
  between: (done: number) => Promise<void>,
): Promise<{ examples: Examples; notes: string[] }> => {
  const { height, width, channels } = frameOf(inputShape);
  const size = height * width * channels;
  if (size * files.length > MOST_VALUES) {
    throw new ReaderError({
      code: 'images-too-many',
      explain: `${files.length} images of ${shapeText(inputShape)} are more than fit in memory here.`,
      hint: 'Some hundred images are enough to calibrate with.',
    });
  }
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    willReadFrequently: true,
  })!;
  const values = new Uint8Array(files.length * size);
  const first = { width: 0, height: 0 };
  for (const [index, file] of files.entries()) {
    const image = await decode(file);
    if (index === 0) Object.assign(first, { width: image.width, height: image.height });
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0, width, height);
    image.close();
    const { data } = context.getImageData(0, 0, width, height);
    toValues(data, channels, values.subarray(index * size, (index + 1) * size));
    await between(index + 1);
  }
  const notes = [
    `${files.length === 1 ? 'The image was' : 'Images were'} scaled to ${width} × ${height}${first.width === width && first.height === height ? '' : ` (the first had ${first.width} × ${first.height})`}${channels === 1 ? ' and made grey' : ''}.`,
  ];
  return {
    examples: {
      count: files.length,
      shape: [...inputShape],
      values,
      scale: 1,
      source: files.length === 1 ? files[0]!.name : `${files.length} images`,
    },
    notes,
  };
};

const decode = async (file: File): Promise<ImageBitmap> => {
  if (file.size > MOST_IMAGE_BYTES) throw notReadable(file, 'It is too large for a picture.');
  const bytes = await readFile(file);
  try {
    return await createImageBitmap(new Blob([bytes as BlobPart], { type: file.type }));
  } catch {
    throw notReadable(file, 'The browser can decode no picture in it; it may be damaged.');
  }
};

const notReadable = (file: File, elaborate: string): ReaderError =>
  new ReaderError({
    code: 'image-not-readable',
    explain: `${file.name} could not be read as an image.`,
    elaborate,
    hint: 'PNG, JPEG and WebP are read. Leave the others out, or save arrays in a .npz.',
  });

const toValues = (pixels: Uint8ClampedArray, channels: 1 | 3, values: Uint8Array): void => {
  for (let from = 0, to = 0; from < pixels.length; from += 4) {
    const [red, green, blue] = [pixels[from]!, pixels[from + 1]!, pixels[from + 2]!];
    if (channels === 1) {
      // Luma of ITU-R BT.601, as PIL and OpenCV make grey of colours.
      values[to++] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    } else {
      values[to++] = red;
      values[to++] = green;
      values[to++] = blue;
    }
  }
};

/** Images as height × width × channels; of a flat input that is a square, grey. */
const frameOf = (shape: readonly number[]): Frame => {
  const [height = 0, width = 0, channels = 1] = shape;
  const isKnown = shape.every((size) => size > 0);
  if (isKnown && (shape.length === 3 || shape.length === 2) && (channels === 1 || channels === 3)) {
    return { height, width, channels };
  }
  const side = Math.sqrt(height);
  if (isKnown && shape.length === 1 && Number.isInteger(side))
    return { height: side, width: side, channels: 1 };
  throw new ReaderError({
    code: 'images-do-not-fit',
    explain: `The model takes ${shapeText(shape)}, which is no image of one or three channels.`,
    hint: 'Save the inputs as an array in a .npz: numpy.savez("data.npz", x=inputs).',
  });
};
