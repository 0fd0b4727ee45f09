def gptq(weights, x, bits: int, dampening: float = 0.01):
    """A kernel [inputs, units], every unit by the same inverse Hessian."""
    qmax = 2 ** (bits - 1) - 1
    scale = np.abs(weights).max(axis=0) / qmax  # a scale for each unit
    h = x.T @ x / len(x)
    h += dampening * np.mean(np.diag(h)) * np.eye(len(h))
    upper = np.linalg.cholesky(np.linalg.inv(h)).T  # H⁻¹ = Uᵀ·U
    w = weights.astype("float64")
    for i in range(len(w)):  # one input of all units at a time
        rounded = np.clip(np.rint(w[i] / scale), -qmax, qmax) * scale
        error = (w[i] - rounded) / upper[i, i]
        w[i] = rounded
        w[i + 1 :] -= np.outer(upper[i, i + 1 :], error)
    return w


def sqnr(wanted, given) -> float:
    return 10 * np.log10(np.sum(wanted**2) / np.sum((wanted - given) ** 2))


shown, _ = readings(sheets, 0, 500)
tested, _ = readings(cards, 0, 1000)
for bits in [2, 3, 4]:
    qmax = 2 ** (bits - 1) - 1
    scale = np.abs(kernel).max(axis=0) / qmax
    nearest = np.rint(kernel / scale) * scale
    for w in (nearest, gptq(kernel, shown, bits)):
        print(bits, sqnr(kernel, w), sqnr(tested @ kernel, tested @ w))
