def error_at(layer: str, bits: int) -> float:
    """Mean squared error of the outputs with one layer alone rounded."""
    target = light.get_layer(layer)
    kernel, *rest = target.get_weights()
    channel_axes = tuple(range(kernel.ndim - 1))  # a depthwise kernel: (0, 1, 3)
    scale = np.abs(kernel).max(axis=channel_axes, keepdims=True) / (2 ** (bits - 1) - 1)
    target.set_weights([np.round(kernel / scale) * scale, *rest])
    error = np.mean((light(sheets).numpy() - wanted) ** 2)
    target.set_weights([kernel, *rest])
    return float(error)


# Greedy: begin with two bits everywhere; buy the next bit where it takes away most error for its bytes.
bits = dict.fromkeys(layers, 2)
errors = {layer: [error_at(layer, b) for b in range(2, 9)] for layer in layers}
while True:
    offers = [
        ((errors[l][b - 2] - errors[l][b - 1]) / weights[l], l)
        for l, b in bits.items()
        if b < 8 and bytes_of(bits) + weights[l] / 8 <= budget
    ]
    if not offers or max(offers)[0] <= 0:
        break
    bits[max(offers)[1]] += 1
