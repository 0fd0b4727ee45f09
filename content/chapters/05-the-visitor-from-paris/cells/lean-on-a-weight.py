import keras
import numpy as np
import tensorflow as tf

old = keras.saving.load_model("lenet-300-100.keras")
(images, labels), _ = keras.datasets.mnist.load_data()
pixels = tf.constant(images[:2000].reshape(2000, 784).astype("float32") / 255.0)
labels = tf.constant(labels[:2000].astype("int32"))
names = ["dense_1", "dense_2", "logits"]
network = [tuple(old.get_layer(name).get_weights()) for name in names]


def loss_of(layers) -> float:
    values = pixels
    for i, (kernel, bias) in enumerate(layers):
        values = tf.matmul(values, kernel) + bias
        if i < 2:
            values = tf.nn.relu(values)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, values)
    return float(tf.reduce_mean(losses))


whole = loss_of(network)
kernel, bias = network[-1]
largest = np.unravel_index(np.abs(kernel).argmax(), kernel.shape)
for factor in np.linspace(2.0, 0.0, 25):
    changed = kernel.copy()
    changed[largest] *= factor
    rise = loss_of(network[:-1] + [(changed, bias)]) - whole
    print(f"{factor:.2f} times the largest weight: loss {rise:+.6f}")
