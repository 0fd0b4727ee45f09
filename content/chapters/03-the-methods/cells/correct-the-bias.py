# One layer, seen from its inputs: what a depthwise convolution is wrong by on average, and what takes it back.
(sheets, _), _ = keras.datasets.mnist.load_data()
sheets = sheets[:256].reshape(256, 28, 28, 1).astype("float32") / 255.0

kernel = folded_kernel_of("depthwise_3")
scale = np.abs(kernel).max() / 7.0  # 4 bits, one scale for the layer
rounded = np.round(kernel / scale) * scale

read = keras.Model(light.inputs, light.get_layer("relu_2_pointwise").output)(sheets)
plain = keras.layers.DepthwiseConv2D(3, strides=2, padding="same", use_bias=False)
plain.build(read.shape)


def mean_output(weights: np.ndarray) -> np.ndarray:
    plain.set_weights([weights])
    return np.asarray(plain(read)).mean(axis=(0, 1, 2))


shift = mean_output(rounded) - mean_output(kernel)
print("mean error of each channel", np.round(shift, 3))
print("taken from the bias, it leaves", np.abs(mean_output(rounded) - shift - mean_output(kernel)).max())
