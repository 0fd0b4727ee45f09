import keras
import numpy as np


def foldable(layer: keras.layers.Layer) -> bool:
    kinds = (keras.layers.Conv2D, keras.layers.DepthwiseConv2D, keras.layers.Dense)
    return isinstance(layer, kinds) and layer.get_config()["activation"] == "linear"


def folded(model: keras.Sequential) -> keras.Sequential:
    """The same function without the batch normalizations that follow a convolution."""
    layers, weights = [], {}
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization) and layers and foldable(layers[-1]):
            gamma, beta, mean, variance = layer.get_weights()
            factor = gamma / np.sqrt(variance + layer.epsilon)
            kernel, *bias = weights[layers[-1].name]
            depthwise = isinstance(layers[-1], keras.layers.DepthwiseConv2D)
            kernel = kernel * (factor[:, None] if depthwise else factor)
            weights[layers[-1].name] = [kernel, beta + factor * ((bias[0] if bias else 0.0) - mean)]
            layers[-1] = layers[-1].from_config({**layers[-1].get_config(), "use_bias": True})
        else:
            layers.append(layer.from_config(layer.get_config()))
            weights[layer.name] = layer.get_weights()
    result = keras.Sequential([keras.Input(model.input_shape[1:]), *layers])
    for layer in layers:
        layer.set_weights(weights[layer.name])
    return result


light = keras.saving.load_model("depthwise-net.keras")
pixels = np.random.default_rng(1).random((4, 28, 28, 1), dtype=np.float32)
print("differ by", float(np.abs(light(pixels) - folded(light)(pixels)).max()))
