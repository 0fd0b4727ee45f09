def prune(kernel, sparsity=0.8):
    kept = tf.cast(tf.round(tf.cast(tf.size(kernel), tf.float32) * (1.0 - sparsity)), tf.int32)
    threshold = tf.sort(tf.abs(kernel))[-kept]
    return tf.where(tf.abs(kernel) >= threshold, kernel, 0.0)


def cluster(kernel, k=16):
    centroids = tf.linspace(tf.reduce_min(kernel), tf.reduce_max(kernel), k)
    for _ in range(100):
        indices = tf.searchsorted((centroids[1:] + centroids[:-1]) / 2.0, kernel)
        counts = tf.math.unsorted_segment_sum(tf.ones_like(kernel), indices, k)
        means = tf.math.unsorted_segment_mean(kernel, indices, k)
        centroids = tf.sort(tf.where(counts > 0.0, means, centroids))
    return tf.gather(centroids, indices)


for name, kernel in {"prune, cluster": cluster(prune(weights)), "cluster, prune": prune(cluster(weights))}.items():
    zeros = int(tf.reduce_sum(tf.cast(kernel == 0.0, tf.int32)))
    print(name, "zeros", zeros, "values", tf.unique(kernel).y.shape[0])
