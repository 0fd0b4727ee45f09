kernel = old.get_layer("logits").get_weights()[0].ravel()
kept = kernel[np.abs(kernel) >= np.quantile(np.abs(kernel), 0.5)]
values, counts = np.unique(shared(kept), return_counts=True)
lengths = code_lengths(dict(zip(values.tolist(), counts.tolist())))


def canonical(lengths):
    """Words from their lengths alone: each is the one before it plus one, then zeros up to its length."""
    words, code, previous = {}, 0, 0
    for symbol, length in sorted(lengths.items(), key=lambda item: (item[1], item[0])):
        code <<= length - previous
        words[symbol] = format(code, f"0{length}b")
        code, previous = code + 1, length
    return words


words = canonical(lengths)
for value, count in zip(values.tolist(), counts.tolist()):
    print(value, count, words[value])
share = counts / counts.sum()
print("mean", sum(share[i] * lengths[v] for i, v in enumerate(values.tolist())))
print("entropy", -np.sum(share * np.log2(share)))
