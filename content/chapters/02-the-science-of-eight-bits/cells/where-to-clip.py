def sqnr(values: tf.Tensor, restored: tf.Tensor) -> float:
    signal = tf.reduce_sum(tf.square(values))
    noise = tf.reduce_sum(tf.math.squared_difference(values, restored))
    return float(10.0 * tf.math.log(signal / noise) / tf.math.log(10.0))


for bits in [8, 6, 4, 2]:
    measured = {
        step / 25: sqnr(weights, through_rule(weights, largest * step / 25, bits)[0]) for step in range(1, 26)
    }
    best = max(measured, key=measured.get)
    print(bits, "bits: best at", best, "of the largest weight,", measured[best], "dB for", measured[1.0])
