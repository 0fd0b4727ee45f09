import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

heavy = keras.saving.load_model("lenet-5.keras")
(train, _), _ = keras.datasets.mnist.load_data()
drawer = train[:100, ..., np.newaxis].astype("float32") / 255.0


def in_integers(model, data=drawer):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([x[np.newaxis]] for x in data)
    return converter.convert()


def take_apart(file):
    interpreter = Interpreter(
        model_content=file, experimental_preserve_all_tensors=True
    )
    interpreter.allocate_tensors()
    # Not a public method. What no operator writes, and nobody hands in, is
    # in the file.
    steps = interpreter._get_ops_details()
    made = {index for step in steps for index in step["outputs"]}
    made |= {details["index"] for details in interpreter.get_input_details()}
    numbers = scales = 0
    for details in interpreter.get_tensor_details():
        scales += len(details["quantization_parameters"]["scales"])
        if details["index"] not in made:
            width = np.dtype(details["dtype"]).itemsize
            numbers += int(np.prod(details["shape"])) * width
    return numbers, scales, len(file) - numbers - 12 * scales


file = in_integers(heavy)
print("numbers, scales, the rest:", *take_apart(file), "of", len(file), "bytes")
