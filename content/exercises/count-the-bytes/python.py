import math

import tensorflow as tf


def tensor_bytes(variable, bits: int) -> int:
    return math.ceil(tf.size(variable).numpy() * bits / 8)


def dense_bytes(layer: tf.keras.layers.Dense, weight_bits: int, bias_bits: int) -> int:
    return tensor_bytes(layer.kernel, weight_bits) + tensor_bytes(layer.bias, bias_bits)


model = tf.keras.Sequential([
    tf.keras.Input(shape=(784,)),
    tf.keras.layers.Dense(300, activation="relu"),
    tf.keras.layers.Dense(100, activation="relu"),
    tf.keras.layers.Dense(10, activation="softmax"),
])
print(model.count_params(), "numbers")
print(sum(dense_bytes(layer, 32, 32) for layer in model.layers), "bytes in float32")
