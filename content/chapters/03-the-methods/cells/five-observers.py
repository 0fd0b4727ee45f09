import keras
import numpy as np

light = keras.saving.load_model("depthwise-net.keras")
(sheets, _), (fresh, _) = keras.datasets.mnist.load_data()
sheets = sheets[:100].reshape(-1, 1, 28, 28, 1).astype("float32") / 255.0
fresh = fresh[:100].reshape(100, 28, 28, 1).astype("float32") / 255.0

up_to = keras.Model(light.inputs, light.get_layer("relu_1").output)
seen = np.concatenate([up_to(sheet).numpy().ravel() for sheet in sheets])
sent = up_to(fresh).numpy().ravel()


def step_error(values: np.ndarray, end: float, levels: int = 256) -> float:
    step = end / (levels - 1)
    restored = np.clip(np.round(values / step), 0, levels - 1) * step
    return float(np.mean((values - restored) ** 2))


def moving_average(decay: float = 0.9) -> float:
    end = None
    for sheet in sheets:
        top = float(up_to(sheet).numpy().max())
        end = top if end is None else decay * end + (1.0 - decay) * top
    return end


def least_divergence(values: np.ndarray, bins: int = 4096, levels: int = 256) -> float:
    counts, edges = np.histogram(values[values > 0], bins=bins, range=(0.0, values.max()))
    best, least = bins, np.inf
    for t in range(levels, bins + 1, 16):
        p = counts[:t].astype(float)
        groups = np.array_split(p.copy(), levels)
        q = np.concatenate([np.where(g > 0, g.sum() / max((g > 0).sum(), 1), 0.0) for g in groups])
        p[-1] += counts[t:].sum()  # what lies outside is added at the end
        p, q = p / p.sum() + 1e-4 / t, q / q.sum() + 1e-4 / t
        divergence = float(np.sum(p * np.log(p / q)))
        if divergence < least:
            best, least = t, divergence
    return float(edges[best])


ends = {
    "min-max": float(seen.max()),
    "moving average": moving_average(),
    "percentile": float(np.percentile(seen, 99.995)),  # half of the hundredth part at each end
    "entropy": least_divergence(seen),
    "mean square": min(np.linspace(0.01, 1.0, 100) * seen.max(), key=lambda end: step_error(seen, end)),
}
for name, end in ends.items():
    sqnr = 10.0 * np.log10(np.mean(sent**2) / step_error(sent, end))
    print(f"{name}: to {end:.3f}, {100 * np.mean(sent > end):.2f} % beyond it, {sqnr:.1f} dB")
