from statistics import NormalDist

import numpy as np
import tensorflow as tf


def levels(bits: int) -> np.ndarray:
    quantile = NormalDist().inv_cdf
    above, below = 2 ** (bits - 1), 2 ** (bits - 1) - 1
    rho = 1 - (1 / (4 * above - 2) + 1 / (4 * above)) / 2
    up = [quantile(0.5 + (rho - 0.5) * i / above) for i in range(1, above + 1)]
    down = [-quantile(0.5 + (rho - 0.5) * i / below) for i in range(below, 0, -1)]
    return np.array([*down, 0.0, *up], np.float32) / quantile(rho)


def encode(weights: tf.Tensor, table: np.ndarray, block_size: int):
    blocks = tf.reshape(weights, [-1, block_size])  # whole blocks only
    scales = tf.reduce_max(tf.abs(blocks), axis=1, keepdims=True)
    shares = tf.math.divide_no_nan(blocks, scales)
    middles = (table[:-1] + table[1:]) / 2
    codes = tf.searchsorted(middles, tf.reshape(shares, [-1]))  # of two equally near the lower
    return codes, scales


def decode(codes: tf.Tensor, scales: tf.Tensor, table: np.ndarray) -> tf.Tensor:
    return tf.reshape(tf.gather(table, codes), [len(scales), -1]) * scales


codes, scales = encode(tf.constant([2.0, -1.0, 0.2, 0.0, 0.0, 0.0]), levels(4), 3)
print(codes.numpy(), decode(codes, scales, levels(4)).numpy())
