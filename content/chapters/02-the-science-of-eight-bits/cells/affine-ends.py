import tensorflow as tf

low, high, bits = -0.998, 0.8, 8
steps = 2.0**bits - 1.0

scale = (high - low) / steps
exact_zero_point = -128.0 - low / scale
zero_point = tf.round(exact_zero_point)
print("scale", scale, "zero point", exact_zero_point, "->", zero_point.numpy())
print("the range that is held:", (scale * (-128.0 - zero_point)).numpy(), (scale * (127.0 - zero_point)).numpy())

# Fake quantization in training does the same, and calls it nudging: zero comes back as zero, the ends do not.
values = tf.constant([low, 0.0, high])
print(tf.quantization.fake_quant_with_min_max_args(values, min=low, max=high, num_bits=bits).numpy())

# Halves: tf.round sends them to the even neighbour, a cast strikes them out.
halves = tf.constant([0.5, 1.5, 2.5, -2.5])
print(tf.round(halves).numpy(), tf.cast(halves, tf.int32).numpy())
