import gzip

flat = tf.reshape(heavy.get_layer("dense_1").get_weights()[0], [-1])  # in their own order, as in a file

for k in [4, 16, 256]:
    centroids = tf.linspace(tf.reduce_min(flat), tf.reduce_max(flat), k)
    for _ in range(20):
        indices = tf.searchsorted((centroids[1:] + centroids[:-1]) / 2.0, flat)
        # A centroid without weights stays where it is.
        counts = tf.math.unsorted_segment_sum(tf.ones_like(flat), indices, k)
        means = tf.math.unsorted_segment_mean(flat, indices, k)
        centroids = tf.where(counts > 0.0, means, centroids)
    shared = tf.gather(centroids, indices).numpy()
    print(k, "values:", shared.nbytes, "bytes raw,", len(gzip.compress(shared.tobytes())), "gzipped")
