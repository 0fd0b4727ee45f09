import keras
import tensorflow as tf

heavy = keras.saving.load_model("lenet-5.keras")
(images, _), _ = keras.datasets.mnist.load_data()
digits = images[:100].reshape(100, 28, 28, 1).astype("float32") / 255.0


def sent_by(layer: str) -> tf.Tensor:
    """What a layer of the heavy model sends on, for all hundred digits."""
    return keras.Model(heavy.inputs, heavy.get_layer(layer).output)(digits)


for layer in ["conv_1", "pool_1", "conv_2", "pool_2", "dense_1", "logits"]:
    sent = sent_by(layer)
    low, high = tf.minimum(tf.reduce_min(sent), 0.0), tf.maximum(tf.reduce_max(sent), 0.0)
    symmetric = tf.maximum(-low, high) / 127.0
    affine = (high - low) / 255.0
    zero_point = tf.round(-128.0 - low / affine)
    print(layer, float(low), float(high), float(symmetric), float(affine), int(zero_point), float(symmetric / affine))
