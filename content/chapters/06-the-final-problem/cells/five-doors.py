import tensorflow as tf

heavy = tf.keras.models.load_model("original_model.h5")

# TensorFlow Lite writes kernels in 16 bits and restores them before it multiplies.
converter = tf.lite.TFLiteConverter.from_keras_model(heavy)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.target_spec.supported_types = [tf.float16]
file = converter.convert()
print(f"{len(file):,} bytes in float16")

# Look for DEQUANTIZE at the top of the list: what it writes is computed, and lies in RAM.
tf.lite.experimental.Analyzer.analyze(model_content=file)
