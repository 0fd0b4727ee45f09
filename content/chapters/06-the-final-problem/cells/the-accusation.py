import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

# What the engine does with the mended file: all 10,000 test images, in integers.
_, (images, labels) = tf.keras.datasets.mnist.load_data()
interpreter = Interpreter(model_path="mended.tflite")
interpreter.allocate_tensors()
source = interpreter.get_input_details()[0]["index"]
target = interpreter.get_output_details()[0]["index"]

correct = 0
for image, label in zip(images, labels):
    interpreter.set_tensor(source, (image[None, ..., None] / 255.0).astype(np.float32))
    interpreter.invoke()
    correct += int(np.argmax(interpreter.get_tensor(target)) == label)
print(correct, "of", len(labels))
