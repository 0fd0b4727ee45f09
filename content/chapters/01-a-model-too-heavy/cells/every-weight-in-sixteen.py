for layer in ["dense_1", "dense_2", "logits"]:
    weights = tf.constant(model.get_layer(layer).get_weights()[0])
    for dtype in [tf.float16, tf.bfloat16]:
        restored = tf.cast(tf.cast(weights, dtype), tf.float32)
        error = tf.abs(weights - restored)
        typical = tf.sqrt(tf.reduce_mean(tf.square(error)))
        print(layer, dtype.name, float(tf.reduce_max(error)), float(typical))
