import tensorflow as tf


def pack_int4(values: tf.Tensor) -> tf.Tensor:
    if tf.size(values) % 2 == 1:
        values = tf.concat([values, [0]], axis=0)
    nibbles = tf.cast(tf.bitwise.bitwise_and(values, 0x0F), tf.uint8)
    low, high = nibbles[0::2], nibbles[1::2]
    return tf.bitwise.bitwise_or(low, tf.bitwise.left_shift(high, tf.constant(4, tf.uint8)))


def unpack_int4(data: tf.Tensor, length: int) -> tf.Tensor:
    low = tf.bitwise.bitwise_and(data, tf.constant(0x0F, tf.uint8))
    high = tf.bitwise.right_shift(data, tf.constant(4, tf.uint8))
    nibbles = tf.cast(tf.reshape(tf.stack([low, high], axis=1), [-1]), tf.int32)
    return tf.where(nibbles > 7, nibbles - 16, nibbles)[:length]


packed = pack_int4(tf.constant([3, -8, 5]))
print(packed, unpack_int4(packed, 3))
