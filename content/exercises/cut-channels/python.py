import numpy as np
import tensorflow as tf


def cut_channels(kernel, bias, reader, share):
    channels = bias.shape[0]
    if reader.shape[0] % channels:
        raise ValueError("reader: its rows are no multiple of the channels")
    strength = tf.reduce_sum(tf.square(kernel), axis=0)
    staying = max(int(np.floor(channels * (1 - share) + 0.5)), 1)
    kept = tf.sort(tf.math.top_k(strength, k=staying).indices)  # of equal ones the first
    places = tf.reshape(reader, [-1, channels, reader.shape[1]])
    read = tf.reshape(tf.gather(places, kept, axis=1), [-1, reader.shape[1]])
    return kept, tf.gather(kernel, kept, axis=1), tf.gather(bias, kept), read


kept, *_, read = cut_channels(
    tf.constant([[3.0, 0.0, 1.0], [0.0, 1.0, -2.0]]),
    tf.constant([0.1, 0.2, 0.3]),
    tf.constant([[10.0], [11.0], [12.0], [20.0], [21.0], [22.0]]),
    0.3,
)
print(kept.numpy(), read.numpy().ravel())
