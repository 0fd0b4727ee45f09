import { distanceTo, isInside, smooth } from './curves.ts';
import { frame, shapes, smoke, strokes } from './shapes.ts';
import type { Point, Stroke } from './shapes.ts';

/** A greyscale picture; 0 is black and 255 white. */
export interface GreyImage {
  data: Float32Array;
  width: number;
  height: number;
}

/** Light falls from the reader's left, from above, and a little from the front. */
const light = normalize([-0.62, -0.52, 0.58]);
/** Distance between the engraver's lines, in pixels. */
const pitch = 3.1;

interface Surface {
  height: Float32Array;
  albedo: Float32Array;
  angle: Float32Array;
  /** 1 where there is a body, 0 where there is only the wall behind it. */
  body: Float32Array;
}

/** Engraves the portrait: relief, light, then lines that swell where it is dark. Same result every time. */
export const engravePortrait = (): GreyImage => {
  const { width, height } = frame;
  const surface = modelSurface();
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const tone = shade(surface, x, y) * vignette(x, y);
      const printed = tone + (lines(tone, surface, x, y) - tone) * 0.55;
      data[at] = Math.min(255, Math.max(0, Math.round(printed * 255)));
    }
  }
  return { data, width, height };
};

function modelSurface(): Surface {
  const { width, height } = frame;
  const size = width * height;
  const surface: Surface = {
    height: new Float32Array(size),
    albedo: new Float32Array(size).fill(0.62),
    angle: new Float32Array(size).fill(0.78),
    body: new Float32Array(size),
  };
  for (const { outline, albedo, round, height: top, angle, tartan = false } of shapes) {
    const curve = smooth(outline, true);
    eachPixel(bounds(curve, 1), (x, y, at) => {
      if (!isInside(curve, x, y)) return;
      const rise = Math.min(1, distanceTo(curve, true, x, y) / round);
      surface.height[at] = top * Math.sqrt(1 - (1 - rise) ** 2) + (surface.body[at] ? 6 : 0);
      surface.albedo[at] = albedo * (tartan ? weave(x, y, angle) : 1);
      surface.angle[at] = angle;
      surface.body[at] = 1;
    });
  }
  for (const stroke of strokes) {
    press(stroke, (at, strength, { depth = 0, ink = 0 }) => {
      surface.height[at] = surface.height[at]! + depth * strength;
      surface.albedo[at] = Math.min(1, Math.max(0.03, surface.albedo[at]! * (1 + ink * strength)));
      if (ink < -0.5 && strength > 0.4) surface.body[at] = 1;
    });
  }
  for (const wisp of smoke) {
    press(wisp, (at, strength, { ink = 0 }) => {
      if (!surface.body[at])
        surface.albedo[at] = Math.min(1, surface.albedo[at]! + ink * strength * 1.6);
    });
  }
  return { ...surface, height: blur(surface.height, 2) };
}

/** Calls back for every pixel under a stroke, with a strength that falls off smoothly to its edge. */
function press(
  stroke: Stroke,
  apply: (at: number, strength: number, stroke: Stroke) => void,
): void {
  const line = smooth(stroke.path, false);
  eachPixel(bounds(line, stroke.width), (x, y, at) => {
    const distance = distanceTo(line, false, x, y) / (stroke.width / 2);
    if (distance < 2) apply(at, Math.exp(-1.4 * distance * distance), stroke);
  });
}

/** How light the surface is at a pixel, 0 … 1. */
function shade({ height, albedo, body }: Surface, x: number, y: number): number {
  const { width } = frame;
  const at = y * width + x;
  const h = (dx: number, dy: number): number =>
    height[
      Math.min(frame.height - 1, Math.max(0, y + dy)) * width +
        Math.min(width - 1, Math.max(0, x + dx))
    ]!;
  if (!body[at]) {
    // The wall: lamplight that falls off, and the sitter's soft shadow at the right.
    const lamp = Math.exp(-(((x - 70) / 230) ** 2 + ((y - 150) / 260) ** 2));
    return albedo[at]! * (0.5 + 0.75 * lamp);
  }
  const normal = normalize([(h(-1, 0) - h(1, 0)) / 2, (h(0, -1) - h(0, 1)) / 2, 1.15]);
  const diffuse = Math.max(0, normal[0] * light[0] + normal[1] * light[1] + normal[2] * light[2]);
  const rim = Math.max(0, normal[0]) ** 3 * 0.12;
  return albedo[at]! * (0.17 + 0.95 * diffuse) + rim;
}

/** White or ink at a pixel: lines across the surface, wider where it is darker, crossed in deep shadow. */
function lines(tone: number, { height, angle, body }: Surface, x: number, y: number): number {
  const at = y * frame.width + x;
  const bend = body[at] ? 0.42 * height[at]! : 0;
  const set = (turn: number, darkness: number): number => {
    const along = x * Math.sin(turn) + y * Math.cos(turn) + bend;
    const wave = Math.abs(((((along / pitch) % 1) + 1) % 1) - 0.5) * 2;
    // A line as wide as the darkness, its edge softened over about a pixel.
    return 1 - smoothStep((darkness - wave) / 0.55 + 0.5);
  };
  const darkness = 1 - tone;
  const first = set(angle[at]!, darkness * 1.02 - 0.04);
  const second = darkness > 0.52 ? set(angle[at]! + 1.25, (darkness - 0.52) * 1.5) : 1;
  return Math.min(first, second);
}

/** Checks of a cloth: darker threads in two directions. */
function weave(x: number, y: number, angle: number): number {
  const thread = (value: number): number => ((((value / 27) % 1) + 1) % 1 < 0.3 ? 0.72 : 1);
  return (
    thread(x * Math.cos(angle) - y * Math.sin(angle)) *
    thread(x * Math.sin(angle) + y * Math.cos(angle))
  );
}

/** The plate fades to paper at an oval edge. */
function vignette(x: number, y: number): number {
  const { width, height } = frame;
  const out = Math.hypot((x - width / 2) / (width / 2), (y - height / 2) / (height / 2));
  return 1 - 0.3 * smoothStep((out - 0.75) / 0.6);
}

function eachPixel(
  { left, top, right, bottom }: Record<'left' | 'top' | 'right' | 'bottom', number>,
  visit: (x: number, y: number, at: number) => void,
): void {
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) visit(x, y, y * frame.width + x);
}

function bounds(
  curve: readonly Point[],
  margin: number,
): Record<'left' | 'top' | 'right' | 'bottom', number> {
  const xs = curve.map(([x]) => x);
  const ys = curve.map(([, y]) => y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs) - margin)),
    top: Math.max(0, Math.floor(Math.min(...ys) - margin)),
    right: Math.min(frame.width, Math.ceil(Math.max(...xs) + margin)),
    bottom: Math.min(frame.height, Math.ceil(Math.max(...ys) + margin)),
  };
}

/** A box blur in both directions, so that edges of the relief turn and do not break. */
function blur(values: Float32Array, radius: number): Float32Array {
  const pass = (
    source: Float32Array,
    step: number,
    limit: (at: number) => [number, number],
  ): Float32Array => {
    const out = new Float32Array(source.length);
    for (let at = 0; at < source.length; at++) {
      const [before, after] = limit(at);
      let sum = 0;
      let count = 0;
      for (let d = -Math.min(radius, before); d <= Math.min(radius, after); d++) {
        sum += source[at + d * step]!;
        count++;
      }
      out[at] = sum / count;
    }
    return out;
  };
  const { width, height } = frame;
  const across = pass(values, 1, (at) => [at % width, width - 1 - (at % width)]);
  return pass(across, width, (at) => [Math.floor(at / width), height - 1 - Math.floor(at / width)]);
}

function smoothStep(t: number): number {
  const x = Math.min(1, Math.max(0, t));
  return x * x * (3 - 2 * x);
}

function normalize([x, y, z]: readonly [number, number, number]): readonly [
  number,
  number,
  number,
] {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}
