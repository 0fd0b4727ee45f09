import tensorflow as tf


def quantize_groups(weights: tf.Tensor, group_size: int) -> tuple[tf.Tensor, tf.Tensor, int]:
    """A kernel [inputs, units] whose inputs group_size divides: codes and scales [groups, 1, units]."""
    inputs, units = weights.shape
    groups = tf.reshape(weights, [inputs // group_size, group_size, units])
    largest = tf.reduce_max(tf.abs(groups), axis=1, keepdims=True)
    scales = tf.where(largest == 0.0, 1.0, largest / 7.0)
    steps = groups / scales
    codes = tf.clip_by_value(tf.sign(steps) * tf.floor(tf.abs(steps) + 0.5), -7.0, 7.0)
    return codes, scales, -(-inputs * units // 2) + 2 * int(tf.size(scales))


def sum_in_groups(x: tf.Tensor, codes: tf.Tensor, scales: tf.Tensor) -> tf.Tensor:
    inside = tf.reduce_sum(tf.reshape(x, [codes.shape[0], -1, 1]) * codes, axis=1, keepdims=True)
    return tf.reduce_sum(inside * scales, axis=[0, 1])  # one multiplication a group and unit


kernel = tf.constant([[7.0, 0.7], [-14.0, 0.35], [70.0, 0.0], [0.0, 0.0]])
codes, scales, size = quantize_groups(kernel, group_size=2)
print(tf.reshape(scales, [-1]).numpy(), size, "bytes")
print(sum_in_groups(tf.constant([1.0, 2.0, 3.0, 4.0]), codes, scales).numpy())
