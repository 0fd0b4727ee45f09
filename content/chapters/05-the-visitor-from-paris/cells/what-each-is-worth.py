# `saliencies` stands under “The same in TensorFlow”, below.
worths = saliencies(network, pixels)
sizes = np.concatenate([np.abs(kernel).ravel() for kernel, _ in network])
worth = np.concatenate([each.ravel() for each in worths])
counts = [kernel.size for kernel, _ in network]
layer = np.repeat(names, counts)

half = sizes.size // 2
by_size = np.argsort(sizes)[:half]
by_worth = np.lexsort((sizes, worth))[:half]
for name in names:
    own = np.sum(layer == name)
    size, value = [np.sum(layer[o] == name) / own for o in (by_size, by_worth)]
    print(f"{name}: struck by size {size:.1%}, by worth {value:.1%}")

idle = sizes[worth == 0]
print(idle.size, "are worth nothing; the largest is", idle.max())
