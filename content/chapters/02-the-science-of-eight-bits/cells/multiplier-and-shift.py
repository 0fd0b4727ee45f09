fraction, shift = np.frexp(real)  # real = fraction * 2**shift, with fraction from 1/2 to 1
multiplier = int(np.floor(fraction * 2**31 + 0.5))
print("M =", real, "=", multiplier, "/ 2^31 * 2 **", int(shift))


def rounded_twice(total: int) -> int:
    """The reference kernel of TensorFlow Lite: a rounding product, then a rounding shift."""
    product = (total * multiplier + 2**30) >> 31
    right = -int(shift)
    half = (1 << right) >> 1
    return (product + half) >> right if product >= 0 else -((-product + half) >> right)


def rounded_once(total: int) -> int:
    return int(np.sign(total) * np.floor(abs(total * real) + 0.5))


twice = np.array([rounded_twice(int(total)) for total in sums])
once = np.array([rounded_once(int(total)) for total in sums])
print("codes that differ", int((twice != once).sum()), "of", sums.size)
