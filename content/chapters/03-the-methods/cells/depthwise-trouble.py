light = keras.saving.load_model("depthwise-net.keras")
(_, _), (cards, labels) = keras.datasets.mnist.load_data()
cards, labels = cards[:500].reshape(500, 28, 28, 1).astype("float32") / 255.0, labels[:500]


def folded_kernel_of(name: str) -> np.ndarray:
    """The kernel of a layer with the normalization after it folded in; a depthwise one is [3, 3, channels, 1]."""
    layer = light.get_layer(name)
    norm = light.get_layer(name.replace("conv_", "batch_norm_").replace("depthwise_", "batch_norm_"))
    gamma, _, _, variance = norm.get_weights()
    factor = gamma / np.sqrt(variance + norm.epsilon)
    kernel = layer.get_weights()[0]
    return kernel * (factor[:, None] if isinstance(layer, keras.layers.DepthwiseConv2D) else factor)


for name in ["depthwise_2", "depthwise_3", "depthwise_4"]:
    reach = np.abs(folded_kernel_of(name)).max(axis=(0, 1, 3))
    ratio = reach.max() / reach.min()
    print(f"{name}: filters reach {reach.min():.3f} to {reach.max():.3f}, ratio {ratio:.1f}, {np.log2(ratio):.1f} bits")
