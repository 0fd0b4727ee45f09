/** The messages between the figure and the worker that times for it. */
import type { Form, Measured, Way } from './latency.ts';

/** Sheets that the int8 form is calibrated on; the first of them is what is read. */
export const SHEETS = 100;

/** The order of the turns: what warms or tires the machine on the way falls on both alike. */
export const TURNS: readonly Form[] = ['float32', 'int8', 'int8', 'float32'];

export interface ToTimer {
  network: string;
  /** Runs of each form, an even number. */
  runs: number;
  /** Path of the site's root, with a slash at its end. */
  base: string;
}

export type FromTimer =
  | { kind: 'progress'; text: string }
  | { kind: 'turn'; way: Way; measured: Measured }
  | { kind: 'done'; runtime: string }
  | { kind: 'error'; explain: string };
