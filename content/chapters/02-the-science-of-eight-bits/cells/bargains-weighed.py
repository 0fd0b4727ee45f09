import keras
import numpy as np
import tensorflow as tf

model = keras.saving.load_model("lenet-5.keras")
(train, _), _ = keras.datasets.mnist.load_data()
drawer = train[:100, ..., np.newaxis].astype("float32") / 255.0


def specimens():
    for sheet in drawer:
        yield [sheet[np.newaxis]]


def convert(mode):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    if mode != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if mode == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if mode in ("int8", "int16x8"):
        converter.representative_dataset = specimens
        converter.target_spec.supported_ops = [
            tf.lite.OpsSet.TFLITE_BUILTINS_INT8
            if mode == "int8"
            else tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8
        ]
    return converter.convert()


# TensorFlow's converter offers no int4 by these options; the fifth row of the table is the engine's own.
files = {mode: convert(mode) for mode in ["float32", "float16", "dynamic", "int8", "int16x8"]}
for mode, file in files.items():
    print(f"{mode:8} {len(file):9,} bytes, {len(file) / (256 * 1024):.2f} times the flash")
