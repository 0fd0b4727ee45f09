import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

model = tf.keras.models.load_model("your_model.keras")
(sheets, _), (cards, labels) = tf.keras.datasets.mnist.load_data()
sheets = sheets[:100, ..., np.newaxis].astype("float32") / 255.0
cards = cards[:400, ..., np.newaxis].astype("float32") / 255.0
labels = labels[:400]


def converted(mode):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    if mode != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if mode == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if mode == "int8":
        converter.representative_dataset = lambda: ([sheet[np.newaxis]] for sheet in sheets)
    return converter.convert()


def answers(file):
    interpreter = Interpreter(model_content=file)
    interpreter.allocate_tensors()
    source = interpreter.get_input_details()[0]["index"]
    target = interpreter.get_output_details()[0]["index"]
    found = []
    for card in cards:
        interpreter.set_tensor(source, card[np.newaxis])
        interpreter.invoke()
        found.append(int(interpreter.get_tensor(target).argmax()))
    return np.array(found)


in_float = None
for mode in ("float32", "float16", "dynamic", "int8"):
    file = converted(mode)
    found = answers(file)
    if in_float is None:
        in_float = found
    lost = int(np.sum((in_float == labels) & (found != labels)))
    won = int(np.sum((in_float != labels) & (found == labels)))
    print(f"{mode:8} {len(file):9,} bytes, {lost} lost, {won} won")
