import tensorflow as tf

weight = tf.constant([0.1, 1.0, 70000.0], tf.float32)

half = tf.cast(weight, tf.float16)  # 70000 is past the largest float16: it becomes inf
brain = tf.cast(weight, tf.bfloat16)  # 70000 becomes 70144
print(half.numpy(), tf.cast(brain, tf.float32).numpy())

print(tf.bitcast(weight, tf.uint32))  # the bits of the same numbers, read as integers
print(tf.bitcast(half, tf.uint16))
