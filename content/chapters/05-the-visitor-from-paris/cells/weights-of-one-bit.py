import tensorflow as tf

@tf.custom_gradient
def by_sign(w: tf.Tensor):
    size = tf.reduce_mean(tf.abs(w), axis=0)  # one for each unit
    value = tf.where(w >= 0, size, -size)
    return value, lambda upstream: upstream  # straight through


class OneBit(tf.keras.layers.Dense):
    def call(self, inputs):
        outputs = tf.matmul(inputs, by_sign(self.kernel)) + self.bias
        return self.activation(outputs)


model = tf.keras.Sequential(
    [
        tf.keras.Input([784]),
        OneBit(300, activation="relu"),
        OneBit(100, activation="relu"),
        OneBit(10),
    ]
)
model.compile(
    optimizer=tf.keras.optimizers.Adam(0.001),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(images, labels, batch_size=64, epochs=1)
