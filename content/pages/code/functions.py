scale_of = lambda max, bits=8: max / (2 ** (bits - 1) - 1)
print(scale_of(1.27), scale_of(7, 4))  # 0.01 1.0


def clamp_to(x, *, min_=-127, max_=127):
    return min(max(x, min_), max_)


print(clamp_to(-300), clamp_to(300, max_=255))  # -127 255


def both(q):
    return q * 0.5, q % 2


value, odd = both(7)
print(value, odd)  # 3.5 1
