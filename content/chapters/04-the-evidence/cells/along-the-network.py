import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

heavy = keras.saving.load_model("lenet-5.keras")
(sheets, _), (digits, _) = keras.datasets.mnist.load_data()
sheets, digits = (part.reshape(-1, 28, 28, 1).astype("float32") / 255.0 for part in (sheets[:100], digits[:100]))

converter = tf.lite.TFLiteConverter.from_keras_model(heavy)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([sheet[np.newaxis]] for sheet in sheets)
file = converter.convert()

# The reference runtime's memory is reused unless it is told to keep every tensor.
integers = Interpreter(model_content=file, experimental_preserve_all_tensors=True)
integers.allocate_tensors()


def show(digit):
    integers.set_tensor(integers.get_input_details()[0]["index"], digit[np.newaxis])
    integers.invoke()


for layer in heavy.layers:
    wanted = keras.Model(heavy.inputs, layer.output)(digits).numpy().ravel()
    tensors = [d for d in integers.get_tensor_details() if layer.name in d["name"] and d["dtype"] == np.int8]
    if not tensors:
        continue
    details, given = tensors[-1], []
    scale, zero_point = details["quantization"]
    for digit in digits:
        show(digit)
        given.append(scale * (integers.get_tensor(details["index"]).astype(np.float32).ravel() - zero_point))
    given = np.concatenate(given)
    if given.size != wanted.size:
        continue
    cosine = float(wanted @ given / (np.linalg.norm(wanted) * np.linalg.norm(given)))
    noise = np.sum((wanted - given) ** 2)
    print(f"{layer.name:10} cosine {cosine:.5f}  SQNR {10 * np.log10(np.sum(wanted**2) / noise):.1f} dB")
