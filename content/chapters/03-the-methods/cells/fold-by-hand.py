import keras
import numpy as np

network = keras.saving.load_model("bn-cnn.keras")
norm = network.get_layer("batch_norm_1")
conv = network.get_layer("conv_1")
(kernel,) = conv.get_weights()
gamma, beta, mean, variance = norm.get_weights()

factor = gamma / np.sqrt(variance + norm.epsilon)
folded_kernel = kernel * factor  # the channel is the last axis
folded_bias = beta - mean * factor

(_, _), (cards, _) = keras.datasets.mnist.load_data()
pixels = cards[:200].reshape(200, 28, 28, 1).astype("float32") / 255.0

one = keras.layers.Conv2D(16, 5, strides=2, padding="same")
one.build(pixels.shape)
one.set_weights([folded_kernel, folded_bias])
two = keras.Model(network.inputs, norm.output)
print("two layers and one differ by", float(np.abs(two(pixels) - one(pixels)).max()))

for c in range(16):
    print(c + 1, np.abs(kernel[..., c]).max(), factor[c], np.abs(folded_kernel[..., c]).max())
