import numpy as np
import tensorflow as tf

# w: weights, one unit after the other, a multiple of 64.
NF4 = np.array(
    [
        -1.0, -0.6961928, -0.5250731, -0.3949175, -0.2844414, -0.1847734, -0.0910500, 0.0,
        0.0795803, 0.1609302, 0.2461123, 0.3379152, 0.4407098, 0.5626170, 0.7229568, 1.0,
    ],
    np.float32,
)
blocks = tf.reshape(w, [-1, 64])
scales = tf.reduce_max(tf.abs(blocks), axis=1, keepdims=True)
middles = (NF4[:-1] + NF4[1:]) / 2
codes = tf.searchsorted(middles, tf.reshape(blocks / scales, [-1]))  # 0 … 15
restored = tf.reshape(tf.gather(NF4, codes), tf.shape(blocks)) * scales

noise = tf.reduce_sum(tf.square(restored - blocks))
print("SQNR", 10 * np.log10(tf.reduce_sum(tf.square(blocks)) / noise))
print("weights at each level", np.bincount(codes, minlength=16))
