/** One of two weights is deleted, and the other may move: arithmetic and drawing. */
import { writeNumber } from '../write-number.ts';

export const SIDE = 300;
/** Weights that the drawing reaches, on either side of zero. */
export const REACH = 0.9;
/** By how much the score is wrong on the lines of equal error. */
export const LEVELS = [0.2, 0.4, 0.8, 1.6];

export type Gone = 'none' | 'first' | 'second';

/** What the reader of the page has chosen. */
export interface Patient {
  /** The two weights as trained. */
  first: number;
  second: number;
  /** Root mean squares of their inputs. */
  firstInput: number;
  secondInput: number;
  /** How much the inputs are alike, −1 … 1. */
  alike: number;
  gone: Gone;
}

export interface Point {
  first: number;
  second: number;
}

/** How wrong the unit’s score is in the root mean square, if the weights stand elsewhere. */
export function wrongBy(patient: Patient, { first, second }: Point): number {
  const [a, b] = [
    (first - patient.first) * patient.firstInput,
    (second - patient.second) * patient.secondInput,
  ];
  return Math.sqrt(Math.max(0, a * a + 2 * patient.alike * a * b + b * b));
}

/** Where the weights end: with the other left where it stands, and with the other moved to the best place. */
export function outcome(patient: Patient): { stays: Point; moves: Point } {
  const { first, second, firstInput, secondInput, alike, gone } = patient;
  if (gone === 'none') return { stays: { first, second }, moves: { first, second } };
  return gone === 'first'
    ? {
        stays: { first: 0, second },
        moves: { first: 0, second: second + (alike * firstInput * first) / secondInput },
      }
    : {
        stays: { first, second: 0 },
        moves: { first: first + (alike * secondInput * second) / firstInput, second: 0 },
      };
}

/** Where a pair of weights stands in the drawing. */
export const place = ({ first, second }: Point): { x: number; y: number } => ({
  x: (SIDE / 2) * (1 + first / REACH),
  y: (SIDE / 2) * (1 - second / REACH),
});

/** The line on which the score is wrong by so much. */
export function levelPath(patient: Patient, level: number): string {
  const { firstInput, secondInput, alike } = patient;
  const apart = Math.sqrt(1 - alike * alike);
  const steps = 72;
  const points = Array.from({ length: steps }, (_, i) => {
    const angle = (2 * Math.PI * i) / steps;
    // A circle of this radius is what the error is in two directions that have nothing in common.
    const b = (level * Math.sin(angle)) / apart;
    const a = level * Math.cos(angle) - alike * b;
    const { x, y } = place({
      first: patient.first + a / firstInput,
      second: patient.second + b / secondInput,
    });
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join('L')}Z`;
}

const write = (value: number): string => writeNumber(Math.abs(value) < 5e-4 ? 0 : value, 3);

/** Everything that moves, as attributes and texts by part. */
export function surgeonDrawing(patient: Patient): {
  attributes: Record<string, Record<string, string>>;
  texts: Record<string, string>;
} {
  const { stays, moves } = outcome(patient);
  const [from, alone, best] = [place(patient), place(stays), place(moves)];
  const dot = ({ x, y }: { x: number; y: number }) => ({ cx: x.toFixed(1), cy: y.toFixed(1) });
  const line = (to: { x: number; y: number }) => ({
    d: `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`,
  });
  const [left, moved] = [wrongBy(patient, stays), wrongBy(patient, moves)];
  const worth = (gone: Gone) => wrongBy(patient, outcome({ ...patient, gone }).moves);
  const cheaper = (first: number, second: number): string =>
    Math.abs(first - second) < 1e-9 ? 'either' : first < second ? 'the first' : 'the second';
  return {
    attributes: {
      ...Object.fromEntries(
        LEVELS.map((level, i) => [`level-${i}`, { d: levelPath(patient, level) }]),
      ),
      trained: dot(from),
      alone: dot(alone),
      best: dot(best),
      'alone-line': line(alone),
      'best-line': line(best),
    },
    texts: {
      first: write(patient.first),
      second: write(patient.second),
      'second-input': write(patient.secondInput),
      alike: patient.alike.toFixed(2).replace('-', '−'),
      'wrong-alone': write(left),
      'wrong-moved': write(moved),
      ends:
        patient.gone === 'none' ? 'nobody moves' : `${write(moves.first)}, ${write(moves.second)}`,
      'by-size': cheaper(Math.abs(patient.first), Math.abs(patient.second)),
      'by-worth': cheaper(worth('first'), worth('second')),
      verdict:
        patient.gone === 'none'
          ? 'Nothing is deleted'
          : left - moved < 5e-4
            ? 'The other has nothing to make up for it with'
            : `By moving, the other makes the error ${(left / Math.max(moved, 1e-9)).toFixed(1)} times smaller`,
    },
  };
}

/** The figure’s table: the error with the other left and with it moved, for inputs more and less alike. */
export function surgeonRows(patient: Patient): string[][] {
  const gone = patient.gone === 'none' ? 'first' : patient.gone;
  return [-0.9, -0.5, 0, 0.5, 0.9, 0.97].map((alike) => {
    const case_ = { ...patient, alike, gone } as Patient;
    const { stays, moves } = outcome(case_);
    return [
      alike.toFixed(2).replace('-', '−'),
      write(wrongBy(case_, stays)),
      write(wrongBy(case_, moves)),
      write(gone === 'first' ? moves.second : moves.first),
    ];
  });
}
