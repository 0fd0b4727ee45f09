details = {tuple(d["shape"]): d for d in integers.get_tensor_details() if d["dtype"] in (np.int8, np.int32)}
x, w, b, y = (details[shape] for shape in [(1, 800), (500, 800), (500,), (1, 500)])
scales = [d["quantization"][0] for d in (x, w, y)]
real = float(np.float32(scales[0] * scales[1]) / scales[2])
fraction, shift = np.frexp(real)
multiplier, right = int(np.floor(fraction * 2**31 + 0.5)), -int(shift)


def rounded_twice(total: int) -> int:
    """The reference kernel: the product is rounded to a tooth, and the tooth to a code."""
    product = (total * multiplier + 2**30) >> 31
    half = (1 << right) >> 1
    return (product + half) >> right if product >= 0 else -((-product + half) >> right)


def rounded_once(totals: np.ndarray) -> np.ndarray:
    """XNNPACK: the sum is scaled in float32, and the product rounded to a code, a half to the even one."""
    return np.rint(totals.astype(np.float32) * np.float32(real)).astype(np.int64)


parted = sums = 0
for digit in digits[:10]:
    show(digit)
    codes = integers.get_tensor(x["index"]).astype(np.int64)[0] - x["quantization"][1]
    totals = integers.get_tensor(w["index"]).astype(np.int64) @ codes + integers.get_tensor(b["index"])
    twice = np.array([rounded_twice(int(total)) for total in totals])
    parted += int((twice != rounded_once(totals)).sum())
    sums += totals.size
print("dense_1 alone:", parted, "of", sums, "sums part; promised", sums / 2 ** (right + 1))
