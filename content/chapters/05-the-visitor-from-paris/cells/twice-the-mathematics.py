PEAK, BANDWIDTH = 100e9, 10e9  # operations and bytes a second


def least_time(macs, weight_bytes, other_bytes, faster=1.0):
    return max(2 * macs / (PEAK * faster), (weight_bytes + other_bytes) / BANDWIDTH)


layers = {  # of the heavy model in int8: multiplications, bytes of weights, bytes read and written
    "conv_1": (288_000, 580, 784 + 24 * 24 * 20),
    "conv_2": (1_600_000, 25_200, 12 * 12 * 20 + 8 * 8 * 50),
    "dense_1": (400_000, 402_000, 800 + 500),
    "logits": (5_000, 5_040, 500 + 10),
}
whole = pruned = 0.0
for name, (macs, weights, other) in layers.items():
    fours = name != "conv_1"
    before = least_time(macs, weights, other)
    after = least_time(macs, weights * (20 / 32 if fours else 1), other, 2 if fours else 1)
    whole, pruned = whole + before, pruned + after
    print(f"{name}: {before * 1e6:.2f} µs, {after * 1e6:.2f} µs, {before / after:.2f} times")
print(f"all four: {whole / pruned:.2f} times")
