import numpy as np
import tensorflow as tf


def worth(model, name, reader, sheets):
    """How much each channel varies, times the size of the weights that read it."""
    said = tf.keras.Model(model.inputs, model.get_layer(name).output).predict(sheets)
    channels = said.shape[-1]
    kernel = model.get_layer(reader).get_weights()[0]
    read = np.square(kernel).reshape(-1, channels, kernel.shape[-1]).sum(axis=(0, 2))
    return said.reshape(-1, channels).std(axis=0) * np.sqrt(read)


def left(scores, share):
    """The channels that stay, in the order in which they were."""
    return np.sort(np.argsort(-scores, kind="stable")[: round(scores.size * (1 - share))])


heavy = tf.keras.models.load_model("original_model.h5")
(images, _), _ = tf.keras.datasets.mnist.load_data()
sheets = images[:500, :, :, np.newaxis] / 255.0

filters = left(worth(heavy, "conv_2", "dense_1", sheets), 0.4)
units = left(worth(heavy, "dense_1", "logits", sheets), 0.6)
kernel, bias = heavy.get_layer("dense_1").get_weights()

# After Flatten the rows are place after place, and in each place channel after channel.
rows = (np.arange(4 * 4)[:, np.newaxis] * 50 + filters).reshape(-1)
print(kernel.shape, "becomes", kernel[rows][:, units].shape)
