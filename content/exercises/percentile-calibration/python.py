import tensorflow as tf


def percentile_range(values: tf.Tensor, percentile: float) -> tuple[float, float, int]:
    ordered = tf.sort(values)
    count = int(tf.size(ordered))
    cut = int(count * (100.0 - percentile) / 200.0)
    low = tf.minimum(ordered[cut], 0.0)
    high = tf.maximum(ordered[count - 1 - cut], 0.0)
    clipped = tf.reduce_sum(tf.cast((values < low) | (values > high), tf.int32))
    return float(low), float(high), int(clipped)


print(percentile_range(tf.constant([3.0, -2.0, 500.0, 1.0, 2.0, -1.0]), 60.0))
