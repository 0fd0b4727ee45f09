import tensorflow as tf

converter = tf.lite.TFLiteConverter.from_keras_model(tf.keras.models.load_model("lenet-5.keras"))
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([tf.random.uniform([1, 28, 28, 1])] for _ in range(100))

# Integers at both ends too, and no operator that would compute in floats.
converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
converter.inference_input_type = tf.int8
converter.inference_output_type = tf.int8

with open("lenet-5-int8.tflite", "wb") as file:
    file.write(converter.convert())
