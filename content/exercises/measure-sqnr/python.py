import tensorflow as tf


def sqnr(weights: tf.Tensor, restored: tf.Tensor) -> tf.Tensor:
    signal = tf.reduce_sum(tf.square(weights))
    noise = tf.reduce_sum(tf.math.squared_difference(weights, restored))
    if noise == 0.0:
        return tf.constant(float("inf"))
    # TensorFlow has only the natural logarithm: log10(x) = ln(x) / ln(10).
    return 10.0 * tf.math.log(signal / noise) / tf.math.log(10.0)


print(sqnr(tf.constant([3.0, -4.0]), tf.constant([3.0, -3.5])))
