weights = tf.constant(model.get_layer("dense_2").get_weights()[0])
scale = tf.reduce_max(tf.abs(weights)) / 127.0 / 2.0  # half of the right one, as on the card

notches = weights / scale
nearest = tf.sign(notches) * tf.floor(tf.abs(notches) + 0.5)
restored = tf.clip_by_value(nearest, -127.0, 127.0) * scale

print(int(tf.reduce_sum(tf.cast(tf.abs(nearest) > 127.0, tf.int32))), "weights past the ends")
print("SQNR", sqnr(weights, rounded_to(8, weights)), "dB, with half the scale", sqnr(weights, restored), "dB")
