import keras
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

light = keras.saving.load_model("depthwise-net.keras")
(images, _), _ = keras.datasets.mnist.load_data()
digits = images[:100].reshape(100, 28, 28, 1).astype("float32") / 255.0

converter = tf.lite.TFLiteConverter.from_keras_model(light)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([digit[tf.newaxis]] for digit in digits)
with open("light.tflite", "wb") as file:
    file.write(converter.convert())

interpreter = Interpreter(model_path="light.tflite")
for details in interpreter.get_tensor_details():
    quantization = details["quantization_parameters"]
    if len(quantization["scales"]) > 1:  # one for each channel
        print(details["name"], len(quantization["scales"]), "along axis", quantization["quantized_dimension"])

# Fake quantization with a range for each channel of the last axis: here, for each unit of a dense kernel.
kernel = light.get_layer("logits").kernel
largest = tf.reduce_max(tf.abs(kernel), axis=0)
print(tf.quantization.fake_quant_with_min_max_vars_per_channel(kernel, -largest, largest, narrow_range=True))
