import numpy as np
import tensorflow as tf


def saliencies(weights: tf.Tensor, inputs: tf.Tensor, curvatures: tf.Tensor) -> tf.Tensor:
    h = tf.matmul(tf.square(inputs), curvatures, transpose_a=True) / len(inputs)
    return h * tf.square(weights) / 2.0


def least_worth(saliency: np.ndarray, count: int) -> tuple[np.ndarray, float]:
    deleted = np.argsort(saliency, kind="stable")[:count]  # of equal ones the earlier first
    return deleted, float(saliency[deleted].sum())


print(saliencies(tf.constant([[3.0], [0.5]]), tf.constant([[0.1, 2.0], [-0.1, 2.0]]), tf.constant([[2.0], [2.0]])))
print(least_worth(np.array([0.5, 0.25, 2.0]), 2))
