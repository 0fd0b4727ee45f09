import math

import tensorflow as tf


def to_fixed_point(real: float) -> tuple[int, int]:
    fraction, shift = math.frexp(real)  # real = fraction * 2**shift, with fraction from 1/2 to 1
    multiplier = math.floor(fraction * 2**31 + 0.5)
    return (2**30, shift + 1) if multiplier == 2**31 else (multiplier, shift)


def scale_sum(total: int, multiplier: int, shift: int) -> int:
    product = (total * multiplier + 2**30) >> 31  # Python's integers have no width
    size = (2 * abs(product) + 2**-shift) >> (1 - shift)
    return -size if product < 0 else size


real = float(tf.constant(0.003))
print(to_fixed_point(real), scale_sum(-16427, 1840600350, -9))
