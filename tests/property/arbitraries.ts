import * as fc from 'fast-check';

/** Every int32, its ends and powers of two often. */
export const int32 = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.constantFrom(
    -(2 ** 31),
    2 ** 31 - 1,
    -(2 ** 30),
    2 ** 30,
    0xffff,
    0x10000,
    -0x10000,
    -1,
    0,
    1,
  ),
);

/** A finite float32 of everyday size. */
export const weight = fc.float({ min: -1000, max: 1000, noNaN: true });

export const weights = fc.float32Array({
  min: -1000,
  max: 1000,
  noNaN: true,
  minLength: 1,
  maxLength: 200,
});

/** Any finite float32, subnormal ones too. */
export const finiteFloat32 = fc.float({ noNaN: true, noDefaultInfinity: true });

export const quantizationOptions = fc.record({
  numBits: fc.integer({ min: 2, max: 16 }),
  signed: fc.boolean(),
  narrowRange: fc.boolean(),
});

/** Values with their shape, an axis of it, and a group size that divides that axis. */
export const shapedValues = fc
  .record({
    outer: fc.integer({ min: 1, max: 4 }),
    groups: fc.integer({ min: 1, max: 4 }),
    groupSize: fc.integer({ min: 1, max: 4 }),
    inner: fc.integer({ min: 1, max: 4 }),
    leading: fc.boolean(),
  })
  .chain(({ outer, groups, groupSize, inner, leading }) => {
    const size = groups * groupSize;
    const shape = leading ? [outer, size, inner] : [size, inner];
    const count = shape.reduce((product, n) => product * n, 1);
    return fc.record({
      shape: fc.constant(shape),
      axis: fc.constant(leading ? 1 : 0),
      groupSize: fc.constant(groupSize),
      values: fc.float32Array({
        min: -1000,
        max: 1000,
        noNaN: true,
        minLength: count,
        maxLength: count,
      }),
    });
  });
