import numpy as np
import tensorflow as tf


def next_ticket(history, mask, keep, step):
    if not 0 <= step < len(history):
        raise ValueError("step is no index of history")
    still_in = int(tf.reduce_sum(mask))
    staying = max(int(np.floor(still_in * keep + 0.5)), 1)
    sizes = tf.where(mask == 1, tf.abs(history[-1]), -1.0)  # what is out stays out
    chosen = tf.math.top_k(sizes, k=staying).indices  # of equal ones the first
    next_mask = tf.reduce_sum(tf.one_hot(chosen, mask.shape[0]), axis=0)
    return next_mask, next_mask * history[step]


history = tf.constant([[5.0, 1.0, -2.0, 3.0], [4.0, 1.0, -3.0, 2.0], [0.1, 6.0, -7.0, 2.0]])
mask, weights = next_ticket(history, tf.constant([1, 0, 1, 1]), 0.7, 0)
print(mask.numpy(), weights.numpy())
