import keras
import tensorflow as tf

model = keras.saving.load_model("lenet-300-100.keras")


def rounded_to(bits: int, weights: tf.Tensor) -> tf.Tensor:
    """The weights after a round trip through so many bits, symmetric, one scale for the layer."""
    top = 2.0 ** (bits - 1) - 1.0
    scale = tf.reduce_max(tf.abs(weights)) / top
    notches = weights / scale
    nearest = tf.sign(notches) * tf.floor(tf.abs(notches) + 0.5)
    return tf.clip_by_value(nearest, -top, top) * scale


def sqnr(weights: tf.Tensor, restored: tf.Tensor) -> float:
    signal = tf.reduce_sum(tf.square(weights))
    noise = tf.reduce_sum(tf.square(weights - restored))
    return float(10.0 * tf.math.log(signal / noise) / tf.math.log(10.0))


for layer in ["dense_1", "dense_2", "logits"]:
    weights = tf.constant(model.get_layer(layer).get_weights()[0])
    print(layer, [round(sqnr(weights, rounded_to(bits, weights)), 2) for bits in range(2, 9)])
