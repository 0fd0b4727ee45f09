import type { Point } from './shapes.ts';

/** Points of a smooth (Catmull–Rom) curve through the given ones, `steps` to a span. */
export const smooth = (points: readonly Point[], closed: boolean, steps = 8): Point[] => {
  const at = (index: number): Point =>
    points[
      closed
        ? (index + points.length) % points.length
        : Math.min(Math.max(index, 0), points.length - 1)
    ]!;
  const curve: Point[] = [];
  const spans = closed ? points.length : points.length - 1;
  for (let span = 0; span < spans; span++) {
    const [a, b, c, d] = [at(span - 1), at(span), at(span + 1), at(span + 2)];
    for (let step = 0; step < steps; step++) {
      const t = step / steps;
      const blend = (axis: 0 | 1): number =>
        0.5 *
        (2 * b[axis] +
          (c[axis] - a[axis]) * t +
          (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
          (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t * t * t);
      curve.push([blend(0), blend(1)]);
    }
  }
  if (!closed) curve.push(at(points.length - 1));
  return curve;
};

/** Distance of (x, y) to a line through the given points. */
export const distanceTo = (
  line: readonly Point[],
  closed: boolean,
  x: number,
  y: number,
): number => {
  let best = Infinity;
  const last = closed ? line.length : line.length - 1;
  for (let i = 0; i < last; i++) {
    const [ax, ay] = line[i]!;
    const [bx, by] = line[(i + 1) % line.length]!;
    const dx = bx - ax;
    const dy = by - ay;
    const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.min(1, Math.max(0, along));
    const distance = (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2;
    if (distance < best) best = distance;
  }
  return Math.sqrt(best);
};

/** Whether (x, y) lies inside a closed outline (even–odd rule). */
export const isInside = (outline: readonly Point[], x: number, y: number): boolean => {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[i]!;
    const [bx, by] = outline[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
};
