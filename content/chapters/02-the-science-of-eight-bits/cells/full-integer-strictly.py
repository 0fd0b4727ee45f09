import keras
import numpy as np
import tensorflow as tf

model = keras.saving.load_model("lenet-5.keras")
(train, _), _ = keras.datasets.mnist.load_data()


def specimens():
    for sheet in train[:100, ..., np.newaxis].astype("float32") / 255.0:
        yield [sheet[np.newaxis]]


converter = tf.lite.TFLiteConverter.from_keras_model(model)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = specimens
converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]  # integers, or an error
converter.inference_input_type = tf.int8  # without these two, floats go in and come out
converter.inference_output_type = tf.int8

with open("lenet-5-int8.tflite", "wb") as file:
    file.write(converter.convert())
