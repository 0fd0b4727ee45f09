import keras
import tensorflow as tf

heavy = keras.saving.load_model("lenet-5.keras")
weights = tf.constant(heavy.get_layer("dense_1").get_weights()[0])
largest = tf.reduce_max(tf.abs(weights))


def through_rule(values: tf.Tensor, clip: tf.Tensor, bits: int) -> tuple[tf.Tensor, tf.Tensor]:
    """What the symmetric rule that ends at clip leaves of the values, and its scale."""
    top = 2.0 ** (bits - 1) - 1.0
    scale = clip / top
    notches = values / scale
    nearest = tf.sign(notches) * tf.floor(tf.abs(notches) + 0.5)
    return tf.clip_by_value(nearest, -top, top) * scale, scale


for bits in [8, 6, 4, 3, 2]:
    restored, scale = through_rule(weights, largest, bits)
    errors = restored - weights
    power = tf.reduce_mean(tf.square(errors))
    together = tf.reduce_mean(errors * weights)
    correlation = together / (power * tf.reduce_mean(tf.square(weights))) ** 0.5
    print(bits, float(power / (scale**2 / 12.0)), float(tf.reduce_mean(errors) / scale), float(correlation))
