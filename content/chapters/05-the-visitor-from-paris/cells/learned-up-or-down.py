import tensorflow as tf

# One Dense or pointwise layer: x its inputs [rows, inputs], w its kernel [inputs, units].
scale = tf.reduce_max(tf.abs(w), axis=0) / 3.0  # three bits, one scale a unit
floors = tf.floor(w / scale)
fraction = tf.clip_by_value(w / scale - floors, 0.0001, 0.9999)
v = tf.Variable(-tf.math.log(1.2 / (fraction + 0.1) - 1.0))
wanted = tf.matmul(x, w)


def openness(v: tf.Tensor) -> tf.Tensor:
    return tf.clip_by_value(1.2 * tf.sigmoid(v) - 0.1, 0.0, 1.0)


optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
steps = 1000
for step in range(steps):
    beta = 2.0 + 18.0 * (1.0 - step / steps)
    with tf.GradientTape() as tape:
        h = openness(v)
        kernel = tf.clip_by_value(floors + h, -3.0, 3.0) * scale
        error = tf.reduce_mean(tf.square(tf.matmul(x, kernel) - wanted))
        sides = tf.reduce_sum(1.0 - tf.abs(2.0 * h - 1.0) ** beta)
        loss = error + (0.01 if step > steps // 5 else 0.0) * sides
    optimizer.apply_gradients([(tape.gradient(loss, v), v)])

up = tf.cast(openness(v) >= 0.5, tf.float32)
rounded = tf.clip_by_value(floors + up, -3.0, 3.0) * scale
