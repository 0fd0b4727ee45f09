import tensorflow as tf

w = tf.constant([[1, -2], [3, 4]], tf.float32)
print(w.shape, w.dtype)
doubled = w * 2 + 1
print(tf.reshape(doubled, [-1]).numpy())
print(tf.reduce_max(tf.abs(w)).numpy())
print(tf.reduce_sum(w, 0).numpy())

# Memory is collected; there is nothing to dispose of.
mean = tf.reduce_mean(3 * tf.constant([1.0] * 8))
print(mean.numpy())
