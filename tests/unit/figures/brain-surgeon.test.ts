import { describe, expect, it } from 'vitest';
import {
  LEVELS,
  REACH,
  SIDE,
  levelPath,
  outcome,
  place,
  surgeonDrawing,
  surgeonRows,
  wrongBy,
  type Patient,
} from '../../../src/components/figures/BrainSurgeon/brain-surgeon.ts';
import { createRng } from '../../../src/shared/rng.ts';

const patient: Patient = {
  first: -0.4,
  second: -0.25,
  firstInput: 2.5,
  secondInput: 2,
  alike: 0.9,
  gone: 'first',
};

describe('the error', () => {
  it('is what inputs so alike would show', () => {
    const rng = createRng(52);
    const point = { first: 0.1, second: -0.6 };
    let sum = 0;
    const trials = 200_000;
    for (let i = 0; i < trials; i++) {
      const [u, v] = [rng.normal(0, 1), rng.normal(0, 1)];
      const x1 = patient.firstInput * u;
      const x2 = patient.secondInput * (patient.alike * u + Math.sqrt(1 - 0.81) * v);
      sum += (x1 * (point.first + 0.4) + x2 * (point.second + 0.25)) ** 2;
    }
    expect(Math.sqrt(sum / trials)).toBeCloseTo(wrongBy(patient, point), 1);
    expect(wrongBy(patient, patient)).toBe(0);
  });
});

describe('the operation', () => {
  it.each(['first', 'second'] as const)('moves the other to the best place (%s)', (gone) => {
    for (const alike of [-0.9, 0, 0.3, 0.97]) {
      const one = { ...patient, alike, gone };
      const { stays, moves } = outcome(one);
      expect(moves[gone]).toBe(0);
      expect(stays[gone]).toBe(0);
      const other = gone === 'first' ? 'second' : 'first';
      expect(stays[other]).toBe(one[other]);
      const best = wrongBy(one, moves);
      for (const nudge of [-0.01, 0.01])
        expect(wrongBy(one, { ...moves, [other]: moves[other] + nudge })).toBeGreaterThan(best);
      // w²/(2·[H⁻¹]qq), with H = 2·E[x·xᵀ], is the mean square: (1 − ρ²) of what it is alone.
      expect(best).toBeCloseTo(wrongBy(one, stays) * Math.sqrt(1 - alike ** 2), 9);
    }
  });

  it('moves nobody where the inputs have nothing in common, or nothing is deleted', () => {
    const apart = outcome({ ...patient, alike: 0 });
    expect(apart.moves).toEqual(apart.stays);
    expect(outcome({ ...patient, gone: 'none' }).moves).toEqual({ first: -0.4, second: -0.25 });
  });
});

describe('the drawing', () => {
  it('has zero in the middle, larger to the right and above', () => {
    expect(place({ first: 0, second: 0 })).toEqual({ x: SIDE / 2, y: SIDE / 2 });
    expect(place({ first: REACH, second: REACH })).toEqual({ x: SIDE, y: 0 });
  });

  it('draws rings of equal error', () => {
    for (const level of LEVELS) {
      const points = levelPath(patient, level).slice(1, -1).split('L');
      for (const point of points) {
        const [x, y] = point.split(' ').map(Number) as [number, number];
        const first = REACH * (x / (SIDE / 2) - 1);
        const second = REACH * (1 - y / (SIDE / 2));
        expect(wrongBy(patient, { first, second })).toBeCloseTo(level, 2);
      }
    }
  });

  it('puts the ends upon the axis of the deleted weight', () => {
    const { attributes } = surgeonDrawing(patient);
    expect(attributes['alone']!['cx']).toBe((SIDE / 2).toFixed(1));
    expect(attributes['best']!['cx']).toBe((SIDE / 2).toFixed(1));
    const { cx, cy } = attributes['best']!;
    expect(attributes['best-line']!['d']).toMatch(new RegExp(`L${cx} ${cy}$`));
    const second = surgeonDrawing({ ...patient, gone: 'second' }).attributes;
    expect(second['best']!['cy']).toBe((SIDE / 2).toFixed(1));
  });

  it('says what moving gains, and what size and saliency would delete', () => {
    const { texts } = surgeonDrawing(patient);
    expect(texts['wrong-alone']).toBe('1');
    expect(texts['wrong-moved']).toBe('0.436');
    expect(texts['verdict']).toBe('By moving, the other makes the error 2.3 times smaller');
    expect(texts['ends']).toBe('0, −0.7');
    expect(texts['by-size']).toBe('the second');
    const quiet = surgeonDrawing({ ...patient, firstInput: 0.5 }).texts;
    expect([quiet['by-size'], quiet['by-worth']]).toEqual(['the second', 'the first']);
    expect(surgeonDrawing({ ...patient, alike: 0 }).texts['verdict']).toMatch(/nothing to make up/);
    expect(surgeonDrawing({ ...patient, gone: 'none' }).texts['verdict']).toBe(
      'Nothing is deleted',
    );
  });

  it('has rows of which the middle one gains nothing', () => {
    const rows = surgeonRows(patient);
    expect(rows.map(([alike]) => alike)).toEqual([
      '−0.90',
      '−0.50',
      '0.00',
      '0.50',
      '0.90',
      '0.97',
    ]);
    for (const [alike, left, moved] of rows)
      expect(Number(moved) < Number(left)).toBe(alike !== '0.00');
  });
});
