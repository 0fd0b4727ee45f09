import numpy as np
import tensorflow as tf

KINDS = {
    "e4m3": (tf.dtypes.experimental.float8_e4m3fn, 448.0),
    "e5m2": (tf.dtypes.experimental.float8_e5m2, 57344.0),
}


def to_float8(values: tf.Tensor, name: str) -> tf.Tensor:
    kind, largest = KINDS[name]
    clamped = tf.clip_by_value(values, -largest, largest)  # a cast does not clamp
    return tf.cast(tf.cast(clamped, kind), tf.float32)


def codes(values: tf.Tensor, name: str) -> np.ndarray:
    kind, largest = KINDS[name]
    stored = tf.cast(tf.clip_by_value(values, -largest, largest), kind)
    return stored.numpy().view(np.uint8)


print(to_float8(tf.constant([0.3, 17.0, 1000.0]), "e4m3").numpy())
print(codes(tf.constant([0.3, 17.0, 1000.0]), "e4m3"))
