def towards_zero(x: tf.Tensor) -> tf.Tensor:
    return tf.sign(x) * tf.floor(tf.abs(x))


ways = {
    "half away from zero": lambda x: tf.sign(x) * tf.floor(tf.abs(x) + 0.5),
    "half to even": tf.round,
    "half up": lambda x: tf.floor(x + 0.5),
    "down": tf.floor,
    "towards zero": towards_zero,
}

# The eight-bit codes of dense_1 lose their last bit: every odd one becomes an exact half.
weights = tf.constant(heavy.get_layer("dense_1").get_weights()[0])
scale = tf.reduce_max(tf.abs(weights)) / 127.0
halves = tf.round(weights / scale) / 2.0

inputs = sent_by("flatten")
for way, rounded in ways.items():
    errors = rounded(halves) - halves
    in_sums = tf.matmul(inputs, errors * 2.0 * scale)
    print(
        f"{way:20}",
        f"to the right {float(tf.reduce_mean(errors)):8.4f}",
        f"outwards {float(tf.reduce_mean(errors * tf.sign(halves))):8.4f}",
        f"in a sum {float(tf.sqrt(tf.reduce_mean(tf.square(in_sums)))):.4f}",
    )
