import tensorflow as tf

WAYS = {
    "half-away": lambda x: tf.sign(x) * tf.floor(tf.abs(x) + 0.5),  # as TensorFlow Lite's kernels do
    "half-even": tf.round,
    "half-up": lambda x: tf.floor(x + 0.5),
    "down": tf.floor,
    "towards-zero": lambda x: tf.sign(x) * tf.floor(tf.abs(x)),  # what tf.cast to an integer does
}


def drift(way: str, values: tf.Tensor) -> tuple[float, float]:
    errors = WAYS[way](values) - values
    return float(tf.reduce_mean(errors)), float(tf.reduce_mean(errors * tf.sign(values)))


codes = tf.constant([-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0])
for way in WAYS:
    print(way, drift(way, codes))
