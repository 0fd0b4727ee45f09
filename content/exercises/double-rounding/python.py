import math

import tensorflow as tf


def round_once(totals: tf.Tensor, real: float) -> tf.Tensor:
    # tf.round takes an exact half to the even neighbour, as the processor does.
    return tf.cast(tf.round(tf.cast(totals, tf.float32) * tf.constant(real, tf.float32)), tf.int32)


def round_twice(total: int, real: float) -> int:
    fraction, shift = math.frexp(real)
    product = (total * math.floor(fraction * 2**31 + 0.5) + 2**30) >> 31
    size = (2 * abs(product) + 2**-shift) >> (1 - shift)
    return -size if product < 0 else size


def partings(real: float, first: int, last: int) -> list[int]:
    once = round_once(tf.range(first, last + 1), real).numpy()
    return [total for i, total in enumerate(range(first, last + 1)) if round_twice(total, real) != once[i]]


def promised(real: float, count: int) -> float:
    _, shift = math.frexp(real)
    return count * 2.0 ** (shift - 1) if shift < 0 else 0.0


print(partings(0.3125, 0, 16), promised(0.3125, 17))
