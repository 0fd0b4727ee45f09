import tensorflow as tf


def clipped_fraction(weights: tf.Tensor, scale: float) -> tf.Tensor:
    clipped = tf.abs(weights) / scale >= 127.5
    return tf.reduce_mean(tf.cast(clipped, tf.float32))


def find_saturated(layers: dict[str, tuple[tf.Tensor, float]]):
    names = list(layers)
    fractions = tf.stack([clipped_fraction(*layers[name]) for name in names])
    worst = int(tf.argmax(fractions))
    return (names[worst], float(fractions[worst])) if fractions[worst] > 0 else None


print(find_saturated({
    "porter": (tf.constant([1.27, -1.27, 0.5]), 0.01),
    "clerk": (tf.constant([0.8, -0.5, 0.2, 0.1]), 0.005),
}))
