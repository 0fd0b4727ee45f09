(_, _), (images, _) = keras.datasets.mnist.load_data()
images = images[:200].reshape(200, 784).astype("float32") / 255.0
sent = model.get_layer("dense_1")(images)

largest = tf.reduce_max(tf.abs(sent))
low, high = tf.minimum(tf.reduce_min(sent), 0.0), tf.maximum(tf.reduce_max(sent), 0.0)
affine_scale = (high - low) / 255.0
maps = {
    "symmetric": (largest / 127.0, 0.0),
    "affine": (affine_scale, tf.round(-128.0 - low / affine_scale)),
}
for name, (scale, zero_point) in maps.items():
    notches = sent / scale
    nearest = tf.sign(notches) * tf.floor(tf.abs(notches) + 0.5)
    codes = tf.clip_by_value(nearest + zero_point, -128.0, 127.0)
    back = (codes - zero_point) * scale
    used = tf.unique(tf.reshape(codes, [-1])).y.shape[0]
    print(name, float(scale), "codes used", used, float(tf.sqrt(tf.reduce_mean(tf.square(sent - back)))))
print("zeros", float(tf.reduce_mean(tf.cast(sent == 0.0, tf.float32))))
