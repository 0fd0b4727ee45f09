import tensorflow as tf


def openness(v: tf.Tensor) -> tf.Tensor:
    return tf.clip_by_value(1.2 * tf.sigmoid(v) - 0.1, 0.0, 1.0)


def start_at(fraction: tf.Tensor) -> tf.Tensor:
    held = tf.clip_by_value(fraction, 0.0001, 0.9999)
    return -tf.math.log(1.2 / (held + 0.1) - 1.0)


def gradient(v: tf.Variable, fractions: tf.Tensor, gram: tf.Tensor, lam: float, beta: float) -> tf.Tensor:
    with tf.GradientTape() as tape:
        h = openness(v)
        errors = h - fractions
        error = tf.tensordot(errors, tf.linalg.matvec(gram, errors), axes=1)
        sides = tf.reduce_sum(1.0 - tf.abs(2.0 * h - 1.0) ** beta)
        loss = error + lam * sides
    return tape.gradient(loss, v)


v = tf.Variable([0.0, 0.0])
print(gradient(v, tf.constant([0.4, 0.4]), tf.constant([[2.0, 1.0], [1.0, 2.0]]), 0.0, 2.0).numpy())
