from statistics import NormalDist

import numpy as np
import tensorflow as tf

# The table of NF4, from the quantiles of a bell.
rho = (29 / 30 + 31 / 32) / 2
quantile = NormalDist().inv_cdf
above = [quantile(0.5 + (rho - 0.5) * i / 8) for i in range(1, 9)]
below = [-quantile(0.5 + (rho - 0.5) * i / 7) for i in range(7, 0, -1)]
table = np.array([*below, 0.0, *above], np.float32) / quantile(rho)
print(table)

# Eight bits of floating point, as a type.
weights = tf.constant([0.3, -0.02, 0.0007])
scale = tf.reduce_max(tf.abs(weights)) / 448.0
stored = tf.cast(weights / scale, tf.dtypes.experimental.float8_e4m3fn)
print(tf.cast(stored, tf.float32) * scale)
