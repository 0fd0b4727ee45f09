import heapq
import keras
import numpy as np

old = keras.models.load_model("lenet-300-100.keras")


def code_lengths(counts):
    """Huffman: the two lightest are joined until one is left."""
    heap = [(count, [symbol]) for symbol, count in counts.items()]
    heapq.heapify(heap)
    lengths = dict.fromkeys(counts, 0)
    while len(heap) > 1:
        (a, left), (b, right) = heapq.heappop(heap), heapq.heappop(heap)
        for symbol in left + right:
            lengths[symbol] += 1
        heapq.heappush(heap, (a + b, left + right))
    return lengths


def coded_bits(symbols):
    values, counts = np.unique(symbols, return_counts=True)
    counts = dict(zip(values.tolist(), counts.tolist()))
    lengths = code_lengths(counts)
    return sum(counts[symbol] * lengths[symbol] for symbol in counts)


def shared(weights, values=31, turns=30):
    centroids = np.linspace(weights.min(), weights.max(), values)
    for _ in range(turns):
        nearest = np.abs(weights[:, None] - centroids).argmin(axis=1)
        for k in range(values):
            if np.any(nearest == k):
                centroids[k] = weights[nearest == k].mean()
    return nearest


for name, sparsity in {"dense_1": 0.85, "dense_2": 0.8, "logits": 0.5}.items():
    kernel = old.get_layer(name).get_weights()[0].ravel()
    places = np.flatnonzero(np.abs(kernel) >= np.quantile(np.abs(kernel), sparsity))
    gaps = np.diff(places, prepend=-1)  # no gap is bridged here: a long one is a symbol of its own
    indices = shared(kernel[places])
    fixed = places.size * (5 + 4)
    coded = coded_bits(indices) + coded_bits(gaps)
    print(name, kernel.size * 4, "bytes,", fixed // 8, "fixed,", coded // 8, "coded")
