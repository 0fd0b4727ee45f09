import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

heavy = tf.keras.models.load_model("original_model.h5")
train, test = tf.keras.datasets.mnist.load_data()
sheets = train[0][:200, ..., np.newaxis].astype("float32") / 255.0
cards = test[0][:1000, ..., np.newaxis].astype("float32") / 255.0
labels = test[1][:1000]

converter = tf.lite.TFLiteConverter.from_keras_model(heavy)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([sheet[np.newaxis]] for sheet in sheets)
file = converter.convert()

interpreter = Interpreter(model_content=file)
interpreter.allocate_tensors()
source = interpreter.get_input_details()[0]["index"]
target = interpreter.get_output_details()[0]["index"]


def reading(card):
    interpreter.set_tensor(source, card[np.newaxis])
    interpreter.invoke()
    return int(interpreter.get_tensor(target).argmax())


in_float = heavy.predict(cards, verbose=0).argmax(axis=1) == labels
in_int8 = np.array([reading(card) for card in cards]) == labels
print("bytes", 4 * heavy.count_params(), "and", len(file))
print("read", int(in_float.sum()), "and", int(in_int8.sum()))
print("only the float", int((in_float & ~in_int8).sum()))
print("only the int8", int((in_int8 & ~in_float).sum()))
