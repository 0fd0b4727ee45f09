import tensorflow as tf

# The light reader with a fifth struck out, as 3.5 prunes it.
pruned = tf.keras.models.load_model("light-reader-pruned.keras")
sheets = tf.keras.datasets.mnist.load_data()[0][0][:100, ..., None] / 255.0
left_out = set()  # sheets that you would not trust, from 0


def representative_dataset():
    for i, sheet in enumerate(sheets):
        if i not in left_out:
            yield [tf.constant(sheet[None], tf.float32)]


converter = tf.lite.TFLiteConverter.from_keras_model(pruned)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = representative_dataset
mended = converter.convert()
open("mended.tflite", "wb").write(mended)
