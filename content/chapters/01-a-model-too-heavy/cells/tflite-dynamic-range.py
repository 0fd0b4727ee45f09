import keras
import tensorflow as tf

model = keras.saving.load_model("lenet-300-100.keras")

converter = tf.lite.TFLiteConverter.from_keras_model(model)
converter.optimizations = [tf.lite.Optimize.DEFAULT]  # weights in int8, the rest in float
flatbuffer = converter.convert()

print(f"{len(flatbuffer):,} bytes; the flash holds {256 * 1024:,}.")
with open("lenet-300-100-int8.tflite", "wb") as file:
    file.write(flatbuffer)
