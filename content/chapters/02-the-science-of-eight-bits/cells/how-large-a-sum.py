reach = max(127 - zx, 128 + zx)  # the largest |q_x - Z_x|
worst = np.abs(values["w"]).sum(axis=1) * reach + np.abs(values["b"])
print("no sum of 800 products exceeds", worst.max(), "bits", int(np.ceil(np.log2(worst.max() + 1))) + 1)

sums = []
for digit in digits:
    integers.set_tensor(integers.get_input_details()[0]["index"], digit[np.newaxis])
    integers.invoke()
    codes = integers.get_tensor(x["index"]).astype(np.int64)[0]
    sums.append(values["w"] @ (codes - zx) + values["b"])
sums = np.concatenate(sums)
print("largest", np.abs(sums).max(), "beyond 16 bits", int(((sums > 32767) | (sums < -32768)).sum()), "of", sums.size)
print("at worst 32 bits hold", (2**31 - 1) // (127 * 255), "products")
