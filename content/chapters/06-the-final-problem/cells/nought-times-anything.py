import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

heavy = tf.keras.models.load_model("original_model.h5")
(images, _), _ = tf.keras.datasets.mnist.load_data()
drawer = images[:100].reshape(100, 1, 28, 28, 1).astype(np.float32) / 255.0


def emptied(weights):
    """The smallest nine tenths of a kernel struck out; biases stay."""
    if weights.ndim == 1:
        return weights
    return weights * (np.abs(weights) >= np.quantile(np.abs(weights), 0.9))


heavy.set_weights([emptied(weights) for weights in heavy.get_weights()])
converter = tf.lite.TFLiteConverter.from_keras_model(heavy)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([digit] for digit in drawer)
file = converter.convert()
reader = Interpreter(model_content=file)
for details in reader.get_tensor_details():
    if details["dtype"] == np.int8 and len(details["shape"]) in (2, 4):
        try:
            codes = reader.get_tensor(details["index"])
        except ValueError:  # computed, and not yet there
            continue
        print(details["name"], codes.size, np.count_nonzero(codes == 0))
print(f"{len(file):,} bytes; the flash has {256 * 1024:,}.")
