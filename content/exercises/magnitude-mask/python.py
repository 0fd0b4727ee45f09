import tensorflow as tf


def magnitude_mask(weights: tf.Tensor, sparsity: float) -> tuple[tf.Tensor, tf.Tensor]:
    sizes = tf.reshape(tf.abs(weights), [-1])
    kept = tf.maximum(tf.round(tf.cast(tf.size(sizes), tf.float32) * (1.0 - sparsity)), 1.0)  # halves to even
    threshold = tf.math.top_k(sizes, k=int(kept)).values[-1]
    return tf.cast(tf.abs(weights) >= threshold, tf.float32), threshold


mask, threshold = magnitude_mask(tf.constant([0.5, -0.25, 0.5, -0.5]), 0.5)
print(mask.numpy(), float(threshold))
