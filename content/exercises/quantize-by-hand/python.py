import tensorflow as tf


def choose_scale(weights: tf.Tensor) -> tf.Tensor:
    largest = tf.reduce_max(tf.abs(weights))
    return tf.where(largest == 0.0, 1.0, largest / 127.0)


def quantize(weights: tf.Tensor, scale: tf.Tensor) -> tf.Tensor:
    steps = weights / scale
    # tf.round sends halves to the even neighbour (2.5 -> 2); TFLite's own rounding does not.
    nearest = tf.sign(steps) * tf.floor(tf.abs(steps) + 0.5)
    return tf.cast(tf.clip_by_value(nearest, -127.0, 127.0), tf.int8)


def dequantize(codes: tf.Tensor, scale: tf.Tensor) -> tf.Tensor:
    return tf.cast(codes, tf.float32) * scale


weights = tf.constant([0.5, -1.27, 0.004, 0.3])
scale = choose_scale(weights)
print(scale, dequantize(quantize(weights, scale), scale))
