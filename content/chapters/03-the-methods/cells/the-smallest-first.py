import numpy as np
import tensorflow as tf
import keras

heavy = keras.saving.load_model("lenet-5.keras")
_, (images, labels) = keras.datasets.mnist.load_data()
images, labels = images[:400].reshape(400, 28, 28, 1).astype("float32") / 255.0, labels[:400]


def magnitude_mask(weights: np.ndarray, sparsity: float) -> tuple[np.ndarray, float]:
    """1 where a weight is kept; weights that tie with the threshold are all kept."""
    kept = max(round(weights.size * (1 - sparsity)), 1)
    threshold = tf.math.top_k(tf.reshape(tf.abs(weights), [-1]), k=kept).values[-1]
    return (np.abs(weights) >= float(threshold)).astype("float32"), float(threshold)


original = heavy.get_weights()
for sparsity in [0.0, 0.5, 0.6, 0.7, 0.8, 0.9]:
    # Kernels have more than one dimension; the biases are vectors and are left alone.
    heavy.set_weights([w * magnitude_mask(w, sparsity)[0] if w.ndim > 1 else w for w in original])
    readings = heavy.predict(images, verbose=0).argmax(axis=1)
    print(sparsity, "struck out:", int((readings == labels).sum()), "of", len(labels))
heavy.set_weights(original)
