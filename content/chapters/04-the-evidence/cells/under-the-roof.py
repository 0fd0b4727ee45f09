# Operations and bytes a second, of a machine that is only supposed.
PEAK, BANDWIDTH = 100e9, 10e9

# Multiplications, weights, and values read and written, of the heavy model's
# four layers that multiply.
layers = {
    "conv_1": (24 * 24 * 20 * 25, 20 * 25, 28 * 28 + 24 * 24 * 20),
    "conv_2": (8 * 8 * 50 * 500, 50 * 500, 12 * 12 * 20 + 8 * 8 * 50),
    "dense_1": (800 * 500, 800 * 500, 800 + 500),
    "logits": (500 * 10, 500 * 10, 500 + 10),
}
for form, width in {"float32": 4, "int8": 1}.items():
    total = 0.0
    for name, (macs, weights, values) in layers.items():
        operations, moved = 2 * macs, width * (weights + values)
        seconds = max(operations / PEAK, moved / BANDWIDTH)
        total += seconds
        print(f"{form} {name}: {operations / moved:.2f} operations a byte")
        print(f"  {1e6 * seconds:.2f} µs at least")
    print(f"{form}: {1e6 * total:.1f} µs")
