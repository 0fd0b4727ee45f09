# Neither TensorFlow nor its toolkit equalizes. On the folded kernels of two neighbours, a ReLU between them:
def equalized(first: np.ndarray, bias: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """first: [..., channels], what makes each channel; second: [height, width, channels, 1], the filters that read it."""
    made = np.abs(first).max(axis=(0, 1, 2))
    read = np.abs(second).max(axis=(0, 1, 3))
    alive = (made > 0) & (read > 0)
    factor = np.ones_like(made)
    factor[alive] = np.sqrt(made[alive] / read[alive])
    return first / factor, bias / factor, second * factor[:, None]


first, second = folded_kernel_of("conv_1"), folded_kernel_of("depthwise_2")
units = 100.0 ** (np.random.default_rng(1895).random(16) - 0.5)
worse = first * units, second / units[:, None]
for name, (a, b) in {"as trained": (first, second), "in other units": worse}.items():
    c, _, d = equalized(a, np.zeros(16), b)
    ratios = [r.max() / r.min() for r in (np.abs(k).max(axis=(0, 1, 2)) for k in (a, c))]
    print(f"{name}: largest over smallest {ratios[0]:.1f}, equalized {ratios[1]:.1f}")
