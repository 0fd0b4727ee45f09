/**
 * The cover's portrait as geometry: a detective in profile, in a frame of 360 × 450. Outlines and
 * strokes are points on smooth curves; relief.ts gives them depth, engrave.ts prints them.
 */
export type Point = readonly [x: number, y: number];

export const frame = { width: 360, height: 450 } as const;

export interface Shape {
  outline: Point[];
  /** Reflectance, 0 black … 1 white. */
  albedo: number;
  /** How far from its edge the surface still rises, in pixels, and how high it gets. */
  round: number;
  height: number;
  /** Direction of the engraver's lines, in radians, and how strongly they follow the relief. */
  angle: number;
  /** A tartan is woven into the cloth. */
  tartan?: boolean;
}

export interface Stroke {
  path: Point[];
  width: number;
  /** Change of height under the stroke: below zero it is a furrow. */
  depth?: number;
  /** Change of reflectance under the stroke: below zero it is ink. */
  ink?: number;
}

/** From the back to the front. */
export const shapes: Shape[] = [
  // The ulster.
  {
    outline: [
      [-30, 480],
      [2, 432],
      [52, 402],
      [112, 386],
      [152, 374],
      [204, 384],
      [262, 372],
      [306, 386],
      [352, 414],
      [400, 480],
    ],
    albedo: 0.34,
    round: 70,
    height: 46,
    angle: 0.5,
    tartan: true,
  },
  // Neck and face.
  {
    outline: [
      [128, 140],
      [122, 166],
      [115, 182],
      [117, 194],
      [108, 206],
      [97, 222],
      [88, 238],
      [84, 247],
      [91, 254],
      [107, 257],
      [105, 266],
      [100, 273],
      [107, 279],
      [103, 286],
      [110, 296],
      [105, 308],
      [104, 320],
      [110, 332],
      [124, 340],
      [146, 342],
      [168, 350],
      [176, 372],
      [174, 396],
      [214, 408],
      [256, 392],
      [262, 350],
      [270, 300],
      [274, 220],
      [262, 150],
      [190, 120],
    ],
    albedo: 0.8,
    round: 78,
    height: 66,
    angle: 1.05,
  },
  // Hair, from the temple to the nape, and the whisker before the ear.
  {
    outline: [
      [186, 160],
      [188, 190],
      [194, 214],
      [196, 246],
      [201, 268],
      [208, 262],
      [208, 238],
      [214, 218],
      [230, 216],
      [238, 232],
      [236, 262],
      [236, 292],
      [246, 326],
      [262, 346],
      [274, 318],
      [284, 272],
      [290, 214],
      [284, 160],
      [230, 140],
    ],
    albedo: 0.2,
    round: 34,
    height: 22,
    angle: 1.45,
  },
  // The ear.
  {
    outline: [
      [208, 222],
      [218, 214],
      [230, 219],
      [233, 234],
      [227, 250],
      [222, 264],
      [214, 270],
      [209, 260],
      [207, 242],
    ],
    albedo: 0.88,
    round: 10,
    height: 9,
    angle: 0.7,
  },
  // Collar of the coat, turned up against the weather.
  {
    outline: [
      [150, 362],
      [142, 388],
      [160, 424],
      [196, 470],
      [292, 470],
      [318, 404],
      [296, 350],
      [276, 322],
      [266, 352],
      [252, 384],
      [214, 402],
      [178, 388],
    ],
    albedo: 0.28,
    round: 30,
    height: 40,
    angle: -0.6,
    tartan: true,
  },
  // The deerstalker: its peak behind, its crown, its peak before.
  {
    outline: [
      [272, 164],
      [300, 170],
      [326, 196],
      [334, 216],
      [318, 216],
      [292, 204],
      [268, 190],
    ],
    albedo: 0.44,
    round: 12,
    height: 14,
    angle: 0.2,
    tartan: true,
  },
  {
    outline: [
      [116, 158],
      [120, 128],
      [138, 96],
      [170, 70],
      [210, 60],
      [250, 70],
      [282, 100],
      [296, 142],
      [294, 182],
      [262, 180],
      [214, 172],
      [164, 166],
    ],
    albedo: 0.52,
    round: 70,
    height: 66,
    angle: -0.35,
    tartan: true,
  },
  {
    outline: [
      [152, 146],
      [116, 142],
      [84, 156],
      [56, 182],
      [50, 192],
      [62, 194],
      [90, 182],
      [124, 174],
      [160, 172],
    ],
    albedo: 0.42,
    round: 12,
    height: 16,
    angle: 0.15,
    tartan: true,
  },
  // Its ear-flap, tied up, and the bow.
  {
    outline: [
      [176, 166],
      [178, 130],
      [190, 96],
      [210, 72],
      [232, 82],
      [252, 112],
      [262, 146],
      [262, 178],
      [218, 174],
    ],
    albedo: 0.47,
    round: 16,
    height: 12,
    angle: 0.9,
    tartan: true,
  },
  {
    outline: [
      [210, 66],
      [192, 50],
      [180, 54],
      [184, 68],
      [206, 70],
    ],
    albedo: 0.3,
    round: 7,
    height: 8,
    angle: 0.2,
  },
  {
    outline: [
      [212, 66],
      [228, 46],
      [242, 48],
      [240, 64],
      [216, 70],
    ],
    albedo: 0.3,
    round: 7,
    height: 8,
    angle: 0.2,
  },
  // The pipe: its bowl.
  {
    outline: [
      [28, 288],
      [44, 284],
      [62, 288],
      [64, 308],
      [66, 324],
      [72, 334],
      [62, 346],
      [46, 344],
      [34, 328],
      [29, 306],
    ],
    albedo: 0.3,
    round: 17,
    height: 20,
    angle: 1.3,
  },
];

export const strokes: Stroke[] = [
  // Cheekbone, hollow cheek, jaw, temple.
  {
    path: [
      [140, 232],
      [166, 238],
      [194, 246],
    ],
    width: 22,
    depth: 7,
  },
  {
    path: [
      [150, 262],
      [166, 282],
      [178, 300],
    ],
    width: 22,
    depth: -11,
  },
  {
    path: [
      [207, 282],
      [192, 312],
      [164, 332],
      [136, 338],
    ],
    width: 14,
    depth: 8,
  },
  {
    path: [
      [160, 176],
      [172, 198],
    ],
    width: 22,
    depth: -7,
  },
  {
    path: [
      [152, 352],
      [196, 342],
      [226, 322],
    ],
    width: 22,
    depth: -18,
  },
  // The wing of the nose and the fold that leaves it.
  {
    path: [
      [106, 238],
      [116, 246],
      [111, 255],
    ],
    width: 8,
    depth: 6,
  },
  {
    path: [
      [118, 240],
      [125, 254],
      [122, 270],
    ],
    width: 6,
    depth: -5,
    ink: -0.1,
  },
  {
    path: [
      [96, 252],
      [104, 253],
    ],
    width: 4,
    depth: -4,
    ink: -0.5,
  },
  // Brow and eye under it.
  {
    path: [
      [113, 186],
      [126, 181],
      [142, 183],
      [156, 191],
    ],
    width: 8,
    depth: 6,
  },
  {
    path: [
      [117, 187],
      [128, 182],
      [144, 184],
      [157, 192],
    ],
    width: 5,
    ink: -0.72,
  },
  {
    path: [
      [122, 203],
      [134, 206],
      [146, 206],
    ],
    width: 18,
    depth: -10,
  },
  {
    path: [
      [124, 205],
      [131, 199],
      [141, 200],
      [150, 208],
    ],
    width: 3.4,
    ink: -0.8,
  },
  {
    path: [
      [126, 208],
      [134, 211],
      [146, 210],
    ],
    width: 2,
    ink: -0.4,
  },
  {
    path: [
      [129, 202],
      [130, 208],
    ],
    width: 5.5,
    ink: -0.8,
  },
  {
    path: [
      [152, 204],
      [162, 202],
    ],
    width: 3,
    ink: -0.2,
  },
  {
    path: [
      [128, 218],
      [142, 222],
      [154, 218],
    ],
    width: 5,
    depth: -3,
    ink: -0.1,
  },
  // Lips.
  {
    path: [
      [103, 279],
      [113, 278],
      [126, 282],
    ],
    width: 2.2,
    depth: -3,
    ink: -0.6,
  },
  {
    path: [
      [108, 292],
      [118, 293],
    ],
    width: 5,
    depth: -4,
    ink: -0.1,
  },
  // Inside the ear.
  {
    path: [
      [212, 228],
      [220, 220],
      [228, 228],
      [225, 242],
    ],
    width: 3,
    depth: -5,
    ink: -0.3,
  },
  {
    path: [
      [214, 240],
      [219, 248],
      [216, 258],
    ],
    width: 4,
    depth: -5,
    ink: -0.4,
  },
  // The crown's seams, its band, the flap's edge.
  {
    path: [
      [212, 62],
      [176, 92],
      [158, 130],
      [154, 164],
    ],
    width: 3,
    depth: -6,
    ink: -0.2,
  },
  {
    path: [
      [118, 160],
      [164, 168],
      [214, 174],
      [264, 181],
      [294, 183],
    ],
    width: 6,
    depth: -8,
    ink: -0.28,
  },
  {
    path: [
      [210, 68],
      [212, 76],
    ],
    width: 12,
    depth: 6,
    ink: -0.2,
  },
  // The collar's fold and the coat's lapel.
  {
    path: [
      [178, 390],
      [214, 404],
      [252, 386],
      [270, 348],
    ],
    width: 7,
    depth: -12,
    ink: -0.3,
  },
  {
    path: [
      [160, 420],
      [150, 450],
    ],
    width: 6,
    depth: -10,
    ink: -0.25,
  },
  {
    path: [
      [296, 352],
      [306, 402],
      [292, 450],
    ],
    width: 6,
    depth: -10,
    ink: -0.2,
  },
  // The pipe: stem, rim, a glint on the bowl.
  {
    path: [
      [116, 281],
      [98, 287],
      [84, 302],
      [76, 322],
      [66, 338],
    ],
    width: 9,
    depth: 12,
    ink: -0.62,
  },
  {
    path: [
      [30, 289],
      [46, 292],
      [62, 289],
    ],
    width: 6,
    ink: -0.2,
  },
  {
    path: [
      [40, 300],
      [39, 322],
    ],
    width: 4,
    ink: 0.3,
  },
];

/** The smoke of the pipe, which is only light. */
export const smoke: Stroke[] = [
  {
    path: [
      [46, 278],
      [38, 258],
      [52, 236],
      [40, 210],
      [26, 190],
      [34, 162],
      [24, 132],
      [36, 100],
      [26, 66],
    ],
    width: 15,
    ink: 0.16,
  },
  {
    path: [
      [50, 276],
      [60, 252],
      [48, 226],
      [56, 204],
      [44, 176],
      [54, 146],
      [46, 118],
      [60, 86],
      [54, 48],
    ],
    width: 10,
    ink: 0.13,
  },
];
