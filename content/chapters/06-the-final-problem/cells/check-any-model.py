import numpy as np
import tensorflow as tf

model = tf.keras.models.load_model("your_model.keras")

# Fewest changes first. Stop at the first that fits and loses nothing that you can tell from noise.
ways = {
    "float16": {"types": [tf.float16]},
    "int8 weights": {},
    "int8 throughout": {"data": True, "ops": [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]},
}


def specimens():
    for sheet in np.load("specimens.npy")[:100]:
        yield [sheet[np.newaxis].astype("float32")]


for name, way in ways.items():
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if "types" in way:
        converter.target_spec.supported_types = way["types"]
    if "data" in way:
        converter.representative_dataset = specimens
        converter.target_spec.supported_ops = way["ops"]
    file = converter.convert()
    open(f"{name.replace(' ', '-')}.tflite", "wb").write(file)
    print(f"{name}: {len(file):,} bytes")
