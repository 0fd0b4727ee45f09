import type { Way } from './single-operators.ts';

export interface KnownDifference {
  title: string;
  way: Way;
  /** The largest difference that is known of: in steps where there are steps. Infinity: what LiteRT gives is of no use. */
  most: number;
  why: string;
}

/** Where LiteRT does something else than the reference kernels, which the engine follows. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    title: 'CONV_2D 1×1',
    way: 'dynamic',
    most: 0.1,
    why: 'LiteRT runs it as a fully connected layer of all pixels and rounds the values of each pixel over a range of their own; the reference takes one range for the image. LiteRT is the finer of the two.',
  },
  {
    title: 'DEPTHWISE_CONV_2D',
    way: 'int4 in the operator',
    most: Infinity,
    why: 'LiteRT has no kernel for it and reads the packed weights as something else. The converter writes none: it has int4 weights dequantized first, which both run alike.',
  },
  {
    title: 'TANH',
    way: 'int16x8',
    most: 3,
    why: 'LiteRT’s optimized kernel goes another way than the table of the reference; so does LOGISTIC, within a step.',
  },
];

export const knownDifference = (title: string, way: Way): KnownDifference | undefined =>
  KNOWN_DIFFERENCES.find((known) => known.title === title && known.way === way);
