import tensorflow as tf


def squeeze(weights, sparsity, values, bits):
    # Prune: the smallest to zero.
    kept = tf.size(weights) - tf.cast(tf.round(sparsity * tf.cast(tf.size(weights), tf.float32)), tf.int32)
    threshold = tf.sort(tf.abs(weights))[-kept]
    pruned = tf.where(tf.abs(weights) >= threshold, weights, 0.0)

    # Cluster what is left; zero is none of the values that move.
    survivors = tf.boolean_mask(pruned, pruned != 0.0)
    centroids = tf.linspace(tf.reduce_min(survivors), tf.reduce_max(survivors), values - 1)
    for _ in range(100):
        indices = tf.searchsorted((centroids[1:] + centroids[:-1]) / 2.0, survivors)
        counts = tf.math.unsorted_segment_sum(tf.ones_like(survivors), indices, values - 1)
        means = tf.math.unsorted_segment_mean(survivors, indices, values - 1)
        centroids = tf.sort(tf.where(counts > 0.0, means, centroids))
    nearest = tf.gather(centroids, tf.searchsorted((centroids[1:] + centroids[:-1]) / 2.0, pruned))
    clustered = tf.where(pruned == 0.0, 0.0, nearest)

    # Quantize: one scale, so that a value which weights share becomes one integer.
    last = 2.0 ** (bits - 1) - 1.0
    scale = tf.reduce_max(tf.abs(clustered)) / last
    return tf.round(clustered / scale) * scale


result = squeeze(tf.random.normal([1000], seed=1), 0.8, 16, 8)
print(int(tf.reduce_sum(tf.cast(result == 0.0, tf.int32))), tf.unique(result).y.shape[0])
