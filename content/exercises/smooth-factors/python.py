import tensorflow as tf


def smooth(inputs: tf.Tensor, kernel: tf.Tensor, alpha: float):
    heard = tf.reduce_max(tf.abs(inputs), axis=0)  # [rows, channels]
    read = tf.reduce_max(tf.abs(kernel), axis=1)  # [channels, units]
    alive = (heard > 0) & (read > 0)
    factors = tf.where(alive, heard**alpha / tf.where(alive, read, 1.0) ** (1 - alpha), 1.0)
    return inputs / factors, kernel * factors[:, tf.newaxis], factors


def in_eight_bits(values: tf.Tensor) -> tf.Tensor:
    scale = tf.reduce_max(tf.abs(values)) / 127.0
    return tf.round(values / scale) * scale


def best_alpha(inputs: tf.Tensor, kernel: tf.Tensor, alphas: list[float]) -> float:
    def error(alpha: float) -> float:
        x, w, _ = smooth(inputs, kernel, alpha)
        difference = tf.matmul(in_eight_bits(x), in_eight_bits(w)) - tf.matmul(inputs, kernel)
        return float(tf.reduce_sum(tf.square(difference)))

    return min(alphas, key=error)


parts = smooth(
    tf.constant([[50.0, 1.0], [-40.0, 0.5]]), tf.constant([[0.5, 0.25], [1.0, -2.0]]), 0.5
)
for part in parts:
    print(part.numpy())
