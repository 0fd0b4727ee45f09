import numpy as np
import tensorflow as tf

heavy = tf.keras.models.load_model("original_model.h5")
(images, labels), _ = tf.keras.datasets.mnist.load_data()
images = images[..., np.newaxis] / 255.0
layers = [heavy.get_layer(name) for name in ("conv_1", "conv_2", "dense_1", "logits")]
kernels = [layer.get_weights() for layer in layers]

# Worth: the spread of a channel, times the weights that read it.
kept = []
for layer, share, (reader, _) in zip(layers, (0.2, 0.4, 0.6), kernels[1:]):
    said = tf.keras.Model(heavy.inputs, layer.output).predict(images[:500])
    channels = said.shape[-1]
    read = np.square(reader).reshape(-1, channels, reader.shape[-1]).sum(axis=(0, 2))
    worth = said.reshape(-1, channels).std(axis=0) * np.sqrt(read)
    kept.append(np.sort(np.argsort(-worth)[: round(channels * (1 - share))]))

one, two, three = kept
rows = (np.arange(16)[:, np.newaxis] * 50 + two).reshape(-1)  # 50 channels at 16 places
small = tf.keras.Sequential(
    [
        tf.keras.Input((28, 28, 1)),
        tf.keras.layers.Conv2D(one.size, 5),
        tf.keras.layers.MaxPooling2D(),
        tf.keras.layers.Conv2D(two.size, 5),
        tf.keras.layers.MaxPooling2D(),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(three.size, activation="relu"),
        tf.keras.layers.Dense(10),
    ]
)
(c1, b1), (c2, b2), (d1, b3), (d2, b4) = kernels
small.set_weights(
    [c1[..., one], b1[one], c2[:, :, one][..., two], b2[two]]
    + [d1[rows][:, three], b3[three], d2[three], b4]
)

master = tf.keras.Model(heavy.inputs, heavy.get_layer("logits").output)
optimizer = tf.keras.optimizers.Adam(learning_rate=1e-3)
for batch in range(60):
    x, y = images[64 * batch : 64 * batch + 64], labels[64 * batch : 64 * batch + 64]
    soft = tf.nn.softmax(master(x) / 4.0)
    with tf.GradientTape() as tape:
        scores = small(x, training=True)
        taught = tf.nn.softmax_cross_entropy_with_logits(soft, scores / 4.0)
        told = tf.nn.sparse_softmax_cross_entropy_with_logits(y, scores)
        loss = tf.reduce_mean(0.7 * 16.0 * taught + 0.3 * told)
    gradients = tape.gradient(loss, small.trainable_variables)
    optimizer.apply_gradients(zip(gradients, small.trainable_variables))
small.save("lenet-5-cut.keras")
