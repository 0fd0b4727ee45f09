dense = keras.saving.load_model("lenet-5.keras").get_layer("dense_1").get_weights()[0]  # (800, 500)


def in_groups(w: np.ndarray, size: int, bits: int) -> np.ndarray:
    """Each run of `size` inputs of a unit with a scale of its own."""
    top = 2 ** (bits - 1) - 1
    groups = w.reshape(len(w) // size, size, -1)
    scales = np.abs(groups).max(axis=1, keepdims=True) / top
    return (rounded(groups / scales) * scales).reshape(w.shape)


for size in [800, 400, 200, 100, 50, 32, 16, 8]:
    back = in_groups(dense, size, bits=4)
    print(size, "inputs to a scale:", 4 + 32 / size, "bits a weight,", round(sqnr(dense, back), 2), "dB")
print("five bits, one scale a unit:", 5 + 32 / 800, round(sqnr(dense, in_groups(dense, 800, bits=5)), 2), "dB")
