import keras
import numpy as np

light = keras.saving.load_model("depthwise-net.keras")


def folded(layer: str, norm: str) -> np.ndarray:
    """A layer's kernel with the factor of the normalization behind it multiplied in."""
    gamma, _, _, variance = light.get_layer(norm).get_weights()
    factor = gamma / np.sqrt(variance + light.get_layer(norm).epsilon)
    kernel = light.get_layer(layer).get_weights()[0]
    return kernel * (factor[:, None] if "depthwise" in layer else factor)


def rounded(x: np.ndarray) -> np.ndarray:
    return np.sign(x) * np.floor(np.abs(x) + 0.5)


def sqnr(w: np.ndarray, back: np.ndarray) -> float:
    return 10 * np.log10(np.sum(w**2) / np.sum((w - back) ** 2))


kernel = folded("depthwise_2", "batch_norm_2")  # (3, 3, 16, 1)
one = np.abs(kernel).max() / 127
sixteen = np.abs(kernel).max(axis=(0, 1, 3), keepdims=True) / 127
for name, scale in {"one": one, "sixteen": sixteen}.items():
    print(name, "scale(s):", round(sqnr(kernel, rounded(kernel / scale) * scale), 1), "dB")
