import tensorflow as tf


def half_away(x: tf.Tensor) -> tf.Tensor:
    return tf.sign(x) * tf.floor(tf.abs(x) + 0.5)


def dynamic_range_dense(inputs: tf.Tensor, codes: tf.Tensor, weight_scale: float, bias: tf.Tensor) -> tf.Tensor:
    low = tf.minimum(tf.reduce_min(inputs), 0.0)
    high = tf.maximum(tf.reduce_max(inputs), 0.0)
    if low == high:
        return bias
    scale = (high - low) / 255.0
    zero_point = half_away(-128.0 - low / scale)
    input_codes = tf.clip_by_value(half_away(inputs / scale) + zero_point, -128.0, 127.0)
    steps = tf.cast(input_codes - zero_point, tf.int32)
    sums = tf.reduce_sum(steps[:, tf.newaxis] * tf.cast(codes, tf.int32), axis=0)
    return scale * weight_scale * tf.cast(sums, tf.float32) + bias


print(dynamic_range_dense(tf.constant([-51.0, 204.0]), tf.constant([[3, 1], [-1, 2]]), 1.0, tf.constant([0.0, 10.0])))
