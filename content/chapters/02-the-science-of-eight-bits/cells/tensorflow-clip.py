import keras
import tensorflow as tf

heavy = keras.saving.load_model("lenet-5.keras")
weights = tf.constant(heavy.get_layer("dense_1").get_weights()[0])
largest = float(tf.reduce_max(tf.abs(weights)))

# A clip is the range that fake quantization is given: what lies outside is held at its ends.
for share in [0.3, 0.5, 0.7, 1.0]:
    restored = tf.quantization.fake_quant_with_min_max_args(
        weights, min=-share * largest, max=share * largest, num_bits=4, narrow_range=True
    )
    error = tf.reduce_mean(tf.math.squared_difference(weights, restored))
    print(share, "mean squared error", float(error))

# Keras has the cosine; its loss is the negative of it.
print("cosine", -float(keras.losses.cosine_similarity(tf.reshape(weights, [-1]), tf.reshape(restored, [-1]))))
