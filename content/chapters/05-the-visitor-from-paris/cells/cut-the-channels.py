import keras
import numpy as np

heavy = keras.models.load_model("lenet-5.keras")
(_, _), (images, labels) = keras.datasets.mnist.load_data()
images = images[:500].reshape(500, 28, 28, 1) / 255.0


def cut(layer, reader, share, places=1):
    """Takes the weakest filters out of a layer, and out of the kernel that reads it."""
    kernel, bias = layer.get_weights()
    read, read_bias = reader.get_weights()
    filters = kernel.shape[-1]
    strength = np.sqrt(np.sum(np.square(kernel).reshape(-1, filters), axis=0))
    gone = round(filters * share)
    kept = np.sort(np.argsort(-strength, kind="stable")[: filters - gone])
    if read.ndim == 4:  # a convolution reads channels on its third axis
        read = read[:, :, kept, :]
    else:  # after a Flatten each channel comes again at every place
        read = read.reshape(places, filters, -1)[:, kept].reshape(places * kept.size, -1)
    return (kernel[..., kept], bias[kept]), (read, read_bias)


conv_1, conv_2 = heavy.get_layer("conv_1"), heavy.get_layer("conv_2")
(kernel, _), (reads, _) = cut(conv_1, conv_2, 0.4)
print("conv_1", kernel.shape, "conv_2", reads.shape)
(kernel, _), (reads, _) = cut(conv_2, heavy.get_layer("dense_1"), 0.5, places=4 * 4)
print("conv_2", kernel.shape, "dense_1", reads.shape)
