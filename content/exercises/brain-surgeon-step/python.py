import tensorflow as tf


def surgeon_step(weights: tf.Tensor, inverse: tf.Tensor) -> tuple[int, float, tf.Tensor, tf.Tensor]:
    saliencies = tf.square(weights) / (2.0 * tf.linalg.diag_part(inverse))
    q = int(tf.argmin(tf.where(weights != 0, saliencies, float("inf"))))
    column = inverse[:, q]
    keep = 1.0 - tf.one_hot(q, len(weights), dtype=weights.dtype)
    moved = (weights - weights[q] / column[q] * column) * keep
    left = (inverse - tf.tensordot(column, column, axes=0) / column[q]) * tf.tensordot(keep, keep, axes=0)
    return q, float(saliencies[q]), moved, left


inverse = tf.linalg.inv(tf.constant([[1.0, 0.5], [0.5, 1.0]]))
print(surgeon_step(tf.constant([1.0, 1.0]), inverse))
