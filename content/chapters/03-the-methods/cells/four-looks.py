import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

heavy = keras.saving.load_model("lenet-5.keras")
(train, _), (images, labels) = keras.datasets.mnist.load_data()
sheets = train[:100, ..., np.newaxis].astype("float32") / 255.0
images = images[:500, ..., np.newaxis].astype("float32") / 255.0


def converted(optimize):
    converter = tf.lite.TFLiteConverter.from_keras_model(heavy)
    if optimize:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: ([sheet[np.newaxis]] for sheet in sheets)
        converter.inference_input_type = tf.int8  # so that the scale of the input can be seen
    return converter.convert()


def readings(file):
    interpreter = Interpreter(model_content=file)
    interpreter.allocate_tensors()
    given, found = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    scale, zero_point = given["quantization"]
    answers = []
    for image in images[:, np.newaxis]:
        codes = np.round(image / scale + zero_point) if scale else image
        interpreter.set_tensor(given["index"], codes.astype(given["dtype"]))
        interpreter.invoke()
        answers.append(int(interpreter.get_tensor(found["index"]).argmax()))
    return np.array(answers), scale


plain, small = converted(False), converted(True)
in_float, _ = readings(plain)
in_int8, scale = readings(small)
print("1. the float file reads", int((in_float == labels[:500]).sum()))
print("2. scale of the input", scale, "and 1/255 is", 1 / 255)
print(f"3. {len(plain):,} bytes became {len(small):,}")
print("4.", int((in_int8 == labels[:500]).sum()), "right,", int((in_int8 != in_float).sum()), "unlike the float")
