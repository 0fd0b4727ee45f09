pooled = sent_by("pool_1")
kernel = tf.constant(heavy.get_layer("conv_2").get_weights()[0])
low, high = tf.reduce_min(pooled), tf.reduce_max(pooled)
step = (high - low) / 255.0

# First rule: code 0 is the smallest value itself, and real zero falls where it falls.
fallen = tf.round((pooled - low) / step) * step + low
nearest_to_zero = low + tf.round(-low / step) * step

# Second rule: the zero point is rounded, and real zero has a code of its own.
zero_point = tf.round(-128.0 - low / step)
held = (tf.clip_by_value(tf.round(pooled / step) + zero_point, -128.0, 127.0) - zero_point) * step


def padded(values: tf.Tensor, border: tf.Tensor) -> tf.Tensor:
    wide = tf.pad(values, [[0, 0], [2, 2], [2, 2], [0, 0]], constant_values=border)
    return tf.nn.conv2d(wide, kernel, strides=1, padding="VALID")


right = padded(pooled, 0.0)
for title, sums in {"between two codes": padded(fallen, nearest_to_zero), "its own code": padded(held, 0.0)}.items():
    typical = tf.sqrt(tf.reduce_mean(tf.square(sums - right), axis=[0, 3]))
    print(title, "corner", float(typical[0, 0]), "inside", float(tf.reduce_mean(typical[2:10, 2:10])))
