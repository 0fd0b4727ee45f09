/** Two readers that differ by a little, and how many images it takes to see it: arithmetic and drawing. */

export const WIDTH = 640;
export const HEIGHT = 322;
/** Where the intervals stand, and the rates between which they are drawn. */
export const UPPER = { top: 26, base: 104, from: 0.97, to: 1 };
/** Where the chances are drawn, and between how many images, in powers of ten. */
export const LOWER = { top: 156, base: 296, from: 2, to: 6 };

/** Standard errors at which a test of one in twenty speaks, on either side. */
const Z = 1.959964;
/** Standard errors below which four chances in five lie. */
const Z_FOUND = 0.841621;

/** What the reader of the page has chosen. */
export interface Trial {
  /** True accuracy of the better reader. */
  accuracy: number;
  /** Images, in powers of ten. */
  power: number;
  /** By how much the other is worse, in points: hundredths of the whole. */
  points: number;
  /** Answers that the worse one gains for every ten that it loses, 0 … 9. */
  gained: number;
}

export interface Plan {
  images: number;
  other: number;
  /** Share of the images that one reader alone reads. */
  parted: number;
  lost: number;
  won: number;
  /** Chance of finding the difference: each reader on images of its own, and both on the same. */
  apart: number;
  together: number;
  /** Images wanted for four chances in five. */
  apartWanted: number;
  togetherWanted: number;
}

/** The share of a standard normal law below z (Abramowitz and Stegun 7.1.26: within 1.5e-7). */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const half = (series * Math.exp(-x * x)) / 2;
  return z < 0 ? half : 1 - half;
}

/** Wilson’s interval for a rate that need be no fraction of whole images. */
export function wilson(rate: number, images: number): { low: number; high: number } {
  const square = Z * Z;
  const centre = rate + square / (2 * images);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / images + square / (4 * images * images));
  const scale = 1 + square / images;
  return {
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}

/** How likely a test at one in twenty is to find a difference of so many standard errors, on either side. */
export const chanceOf = (errors: number): number =>
  normalShare(errors - Z) + normalShare(-errors - Z);

/** Round numbers of images: two digits and zeros. */
export function imagesOf(power: number): number {
  const exact = 10 ** power;
  const unit = 10 ** (Math.floor(power + 1e-9) - 1);
  return Math.round(exact / unit) * unit;
}

/** Everything that follows from what was chosen, at its own number of images or at another. */
export function planOf(trial: Trial, images = imagesOf(trial.power)): Plan {
  const { accuracy, points, gained } = trial;
  const difference = points / 100;
  const other = accuracy - difference;
  const lostShare = difference / (1 - gained / 10);
  const wonShare = (lostShare * gained) / 10;
  const parted = lostShare + wonShare;
  // The power of each error of the difference, an image.
  const apartPower = accuracy * (1 - accuracy) + other * (1 - other);
  const wanted = (power: number): number =>
    Math.ceil(((Z + Z_FOUND) ** 2 * power) / difference ** 2);
  return {
    images,
    other,
    parted,
    lost: lostShare * images,
    won: wonShare * images,
    apart: chanceOf(difference / Math.sqrt(apartPower / images)),
    together: chanceOf(difference / Math.sqrt(parted / images)),
    apartWanted: wanted(apartPower),
    togetherWanted: wanted(parted),
  };
}

/** Where a rate stands across the upper panel; what lies outside is held at its edge. */
export function placeRate(rate: number): number {
  const { from, to } = UPPER;
  return WIDTH * Math.min(1, Math.max(0, (rate - from) / (to - from)));
}

/** Where a number of images, in powers of ten, stands across the lower panel. */
export const placePower = (power: number): number =>
  (WIDTH * (power - LOWER.from)) / (LOWER.to - LOWER.from);

const height = (chance: number): number => LOWER.base - chance * (LOWER.base - LOWER.top);

/** A curve of chances over the numbers of images. */
export function chancePath(trial: Trial, kind: 'apart' | 'together'): string {
  const points: string[] = [];
  for (let step = 0; step <= 80; step++) {
    const power = LOWER.from + ((LOWER.to - LOWER.from) * step) / 80;
    const chance = planOf(trial, 10 ** power)[kind];
    points.push(`${placePower(power).toFixed(1)} ${height(chance).toFixed(1)}`);
  }
  return `M${points.join('L')}`;
}

const percent = (rate: number, places = 2): string => `${(100 * rate).toFixed(places)}%`;
const count = (images: number): string => images.toLocaleString('en-GB');
const few = (images: number): string =>
  images.toLocaleString('en-GB', { maximumFractionDigits: images < 10 ? 1 : 0 });
const chance = (share: number): string =>
  share > 0.995 ? 'above 99%' : `${Math.round(100 * share)}%`;

/** Everything that moves, as attributes and texts by part. */
export function imagesDrawing(trial: Trial): {
  attributes: Record<string, Record<string, string>>;
  texts: Record<string, string>;
} {
  const plan = planOf(trial);
  const bar = (rate: number) => {
    const { low, high } = wilson(rate, plan.images);
    return { low, high, x: placeRate(low), width: placeRate(high) - placeRate(low) };
  };
  const [better, worse] = [bar(trial.accuracy), bar(plan.other)];
  const box = ({ x, width }: { x: number; width: number }) => ({
    x: x.toFixed(1),
    width: Math.max(width, 1).toFixed(1),
  });
  const here = placePower(Math.log10(plan.images)).toFixed(1);
  const found = 0.8;
  return {
    attributes: {
      'better-bar': box(better),
      'worse-bar': box(worse),
      'worse-mark': { d: `M${placeRate(plan.other).toFixed(1)} ${UPPER.top + 42}v32` },
      'apart-curve': { d: chancePath(trial, 'apart') },
      'together-curve': { d: chancePath(trial, 'together') },
      here: { d: `M${here} ${LOWER.top}V${LOWER.base}` },
      'apart-here': { cx: here, cy: height(plan.apart).toFixed(1) },
      'together-here': { cx: here, cy: height(plan.together).toFixed(1) },
    },
    texts: {
      images: count(plan.images),
      difference: `${trial.points.toFixed(2)} points`,
      ratio: `${trial.gained} for every ten lost`,
      better: `${percent(better.low)} to ${percent(better.high)}`,
      worse: `${percent(worse.low)} to ${percent(worse.high)}`,
      parted: `${few(plan.lost)} lost, ${few(plan.won)} gained`,
      apart: chance(plan.apart),
      together: chance(plan.together),
      'apart-wanted': count(plan.apartWanted),
      'together-wanted': count(plan.togetherWanted),
      verdict:
        plan.together < found
          ? 'Too few images to count upon finding it, by either method'
          : plan.apart < found
            ? 'Found upon the same images; images of their own are too few'
            : 'Found by either method',
    },
  };
}

/** The figure’s table: the chances at round numbers of images. */
export function imagesRows(trial: Trial): string[][] {
  return [2, 3, 4, 5, 6].map((power) => {
    const plan = planOf({ ...trial, power });
    const { low, high } = wilson(trial.accuracy, plan.images);
    return [
      count(plan.images),
      `${percent(low)} to ${percent(high)}`,
      chance(plan.apart),
      chance(plan.together),
    ];
  });
}
