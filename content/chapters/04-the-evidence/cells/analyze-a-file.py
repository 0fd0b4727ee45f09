import tensorflow as tf

with open("model.tflite", "rb") as written:
    file = written.read()

# Every operator and tensor, with its shape, type and buffer, and at the end a
# sum of the bytes.
tf.lite.experimental.Analyzer.analyze(model_content=file)
