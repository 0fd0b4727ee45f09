/** The hundred sheets with one of them spoilt. */
function spoilt(sheet: number, spoil: (pixels: Float32Array) => void): Float32Array {
  const pixels = drawer.images.slice();
  spoil(pixels.subarray(784 * sheet, 784 * (sheet + 1)));
  return pixels;
}
const drawers = {
  'honest': drawer.images,
  'a speck of 500 on sheet 42': spoilt(41, (pixels) => pixels.fill(500, 300, 301)),
  'the same on the last sheet': spoilt(99, (pixels) => pixels.fill(500, 300, 301)),
  'sheet 42 left in 0 … 255': spoilt(41, (pixels) => pixels.forEach((value, i) => (pixels[i] = 255 * value))),
};

/** Where the range of the pixels ends, which should be 1. */
function endOf(pixels: Float32Array, makeObserver: () => calibration.Observer): number {
  const observer = makeObserver();
  for (const sheet of sheetsOf(pixels)) observer.observe(sheet.dataSync());
  return Number(observer.range({ numBits: 8 }).max.toFixed(2));
}
display.table(
  Object.entries(drawers).map(([name, pixels]) => ({
    'the drawer': name,
    ...Object.fromEntries(Object.entries(observers).map(([who, make]) => [who, endOf(pixels, make)])),
  })),
  { title: 'Where the range of the pixels ends' },
);

/** How many of the fresh images the light reader reads in int8. */
async function reads(pixels: Float32Array, observer: () => calibration.Observer): Promise<number> {
  const small = await quantization.quantizePostTraining(light, {
    mode: 'int8',
    representativeDataset: () => sheetsOf(pixels),
    observer,
  });
  const readings = (small.predict(tf.tensor4d(fresh.images, fresh.shape)) as tf.Tensor).argMax(1).dataSync();
  return fresh.labels.filter((label, i) => readings[i] === label).length;
}
for (const who of ['min-max', 'percentile'] as const) {
  for (const [name, pixels] of Object.entries(drawers)) {
    console.log(`${who}, ${name}: ${await reads(pixels, observers[who])} of ${fresh.count} read.`);
  }
}
