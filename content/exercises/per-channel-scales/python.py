import tensorflow as tf


def quantize_per_channel(values: tf.Tensor, axis: int, num_bits: int) -> tuple[tf.Tensor, tf.Tensor]:
    top = 2.0 ** (num_bits - 1) - 1.0
    others = [i for i in range(len(values.shape)) if i != axis]
    largest = tf.reduce_max(tf.abs(values), axis=others, keepdims=True)
    scales = tf.where(largest == 0.0, 1.0, largest / top)
    steps = values / scales
    nearest = tf.sign(steps) * tf.floor(tf.abs(steps) + 0.5)
    return scales, tf.cast(tf.clip_by_value(nearest, -top, top), tf.int8)


kernel = tf.constant([[127.0, 2.0], [-50.0, -25.4]])
for axis in [1, 0]:
    scales, codes = quantize_per_channel(kernel, axis, 8)
    print(tf.reshape(scales, [-1]).numpy(), codes.numpy().tolist())
