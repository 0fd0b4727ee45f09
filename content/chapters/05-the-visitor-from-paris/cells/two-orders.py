def without(indices):
    mask = np.ones(sizes.size, "float32")
    mask[indices] = 0.0
    masks = np.split(mask, np.cumsum(counts)[:-1])
    return [
        (kernel * own.reshape(kernel.shape), bias)
        for (kernel, bias), own in zip(network, masks)
    ]


by_size, by_worth = np.argsort(sizes), np.lexsort((sizes, worth))
for gone in [0.3, 0.5, 0.6, 0.7, 0.8, 0.9]:
    count = round(gone * sizes.size)
    size = loss_of(without(by_size[:count])) - whole
    value = loss_of(without(by_worth[:count])) - whole
    foretold = worth[by_worth[:count]].sum()
    print(f"{gone:.0%}: {size:+.5f}, {value:+.5f}, foretold {foretold:+.5f}")
