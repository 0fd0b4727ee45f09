import tensorflow as tf


def cluster(weights, start, turns):
    centroids = tf.identity(start)
    for _ in range(turns):
        indices = tf.argmin(tf.abs(weights[:, None] - centroids[None, :]), axis=1)
        counts = tf.math.unsorted_segment_sum(tf.ones_like(weights), indices, tf.size(centroids))
        means = tf.math.unsorted_segment_mean(weights, indices, tf.size(centroids))
        centroids = tf.where(counts > 0.0, means, centroids)  # one without weights stays
    return centroids, tf.argmin(tf.abs(weights[:, None] - centroids[None, :]), axis=1)


centroids, indices = cluster(tf.constant([-1.0, 0.0, 1.0, 4.0, 6.0]), tf.constant([0.0, 4.0]), 1)
print(centroids.numpy(), indices.numpy())
