import tensorflow as tf

layer = tf.constant(model.get_layer("dense_2").get_weights()[0])
scale = tf.reduce_max(tf.abs(layer)) / 127.0

notches = layer / scale
nearest = tf.sign(notches) * tf.floor(tf.abs(notches) + 0.5)
codes = tf.cast(tf.clip_by_value(nearest, -127.0, 127.0), tf.int8)
back = tf.cast(codes, tf.float32) * scale

print(tf.size(layer).numpy(), "weights, one notch", scale.numpy())
print("largest error", tf.reduce_max(tf.abs(layer - back)).numpy(), "half a notch", (scale / 2).numpy())
print(tf.histogram_fixed_width((layer - back) / scale, [-0.5, 0.5], nbins=20))
