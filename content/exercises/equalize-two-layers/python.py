import tensorflow as tf


def equalize(first: tf.Tensor, bias: tf.Tensor, second: tf.Tensor):
    made = tf.reduce_max(tf.abs(first), axis=0)  # [inputs, channels]
    read = tf.reduce_max(tf.abs(second), axis=1)  # [channels, units]
    alive = (made > 0) & (read > 0)
    factors = tf.where(alive, tf.sqrt(made / tf.where(alive, read, 1.0)), 1.0)
    return first / factors, bias / factors, second * factors[:, tf.newaxis], factors


parts = equalize(
    tf.constant([[8.0, 0.5], [-2.0, -0.25]]),
    tf.constant([4.0, 1.0]),
    tf.constant([[0.5, -0.25], [1.0, 2.0]]),
)
for part in parts:
    print(part.numpy())
