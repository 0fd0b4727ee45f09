import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

heavy = keras.saving.load_model("lenet-5.keras")
(train, _), (images, labels) = keras.datasets.mnist.load_data()
sheets = train[:1000, ..., np.newaxis].astype("float32") / 255.0
images = images[:100, ..., np.newaxis].astype("float32") / 255.0
labels = labels[:100]


def in_int8(model, specimens):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([sheet[np.newaxis]] for sheet in specimens)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    return converter.convert()


def readings(file):
    interpreter = Interpreter(model_content=file)
    interpreter.allocate_tensors()
    given, found = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    answers = []
    for image in images:
        interpreter.set_tensor(given["index"], image[np.newaxis])
        interpreter.invoke()
        answers.append(int(interpreter.get_tensor(found["index"]).argmax()))
    return np.array(answers)


file = in_int8(heavy, sheets[:100])
print(f"{len(file):,} bytes, {len(file) / (256 * 1024):.2f} times the flash")
answers = readings(file)
in_float = heavy.predict(images, verbose=0).argmax(axis=1)
print(int((answers == labels).sum()), "read correctly;", int((answers != in_float).sum()), "unlike the float")
