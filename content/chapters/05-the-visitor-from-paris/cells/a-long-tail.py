import numpy as np
import tensorflow as tf

# w: the weights of a layer. TensorFlow has both formats as types to store and to cast.
for name, kind, end in [
    ("e4m3", tf.dtypes.experimental.float8_e4m3fn, 448.0),
    ("e5m2", tf.dtypes.experimental.float8_e5m2, 57344.0),
]:
    scale = tf.reduce_max(tf.abs(w)) / end
    restored = tf.cast(tf.cast(w / scale, kind), tf.float32) * scale
    noise = tf.reduce_sum(tf.square(restored - w))
    print(name, 10 * np.log10(tf.reduce_sum(tf.square(w)) / noise), "dB")
