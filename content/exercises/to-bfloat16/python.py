import tensorflow as tf

values = tf.constant([1.0, 1.00390625, 1.01171875, -0.1, 3.4028235e38])

# The cast rounds to nearest, ties to even.
halves = tf.cast(values, tf.bfloat16)
print(tf.cast(halves, tf.float32))

# The same on the bits, as in the exercise (NaN left aside).
bits = tf.bitcast(values, tf.uint32)
last_bit = tf.bitwise.bitwise_and(tf.bitwise.right_shift(bits, tf.constant(16, tf.uint32)), 1)
rounded = tf.bitwise.right_shift(bits + 0x7FFF + last_bit, tf.constant(16, tf.uint32))
print(rounded, tf.bitcast(halves, tf.uint16))
