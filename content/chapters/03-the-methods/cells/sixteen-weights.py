import keras
import tensorflow as tf

heavy = keras.saving.load_model("lenet-5.keras")
weights = tf.sort(tf.reshape(heavy.get_layer("dense_1").get_weights()[0], [-1]))

# Lloyd's algorithm on a line: the borders lie halfway between neighbouring centroids.
centroids = tf.linspace(weights[0], weights[-1], 16)
for _ in range(100):
    borders = (centroids[1:] + centroids[:-1]) / 2.0
    indices = tf.searchsorted(borders, weights)
    centroids = tf.math.segment_mean(weights, indices)

noise = tf.reduce_mean(tf.square(weights - tf.gather(centroids, indices)))
print(centroids.numpy())
print("SQNR", float(10.0 * tf.math.log(tf.reduce_mean(tf.square(weights)) / noise) / tf.math.log(10.0)), "dB")
