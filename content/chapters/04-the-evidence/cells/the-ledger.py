import gzip


def pruned(values, share):
    sizes = np.sort(np.abs(values).ravel())
    threshold = sizes[int(share * sizes.size)]
    return np.where(np.abs(values) < threshold, 0.0, values).astype("float32")


def rounded(values, bits):
    scale = np.max(np.abs(values)) / (2 ** (bits - 1) - 1)
    return np.rint(values / scale).astype(np.int8)


def packed(codes):  # two codes of four bits a byte
    nibbles = np.append(codes.ravel(), np.zeros(codes.size % 2, np.int8)) & 15
    return (nibbles[0::2] | nibbles[1::2] << 4).astype(np.uint8)


def masked(values):
    return np.packbits(values != 0).tobytes() + values[values != 0].tobytes()


kernels = [w for w in heavy.get_weights() if w.ndim > 1]
forms = {
    "as trained": kernels,
    "nine tenths zeros": [pruned(w, 0.9) for w in kernels],
}
for name, form in forms.items():
    ways = {
        "float32": b"".join(w.tobytes() for w in form),
        "int8": b"".join(rounded(w, 8).tobytes() for w in form),
        "int4": b"".join(packed(rounded(w, 4)).tobytes() for w in form),
        "mask": b"".join(masked(w) for w in form),
    }
    for way, written in ways.items():
        zipped = len(gzip.compress(written, 6))
        print(f"{name}, {way}: {len(written):,} bytes, {zipped:,} zipped")
