import csv
import io

import tensorflow as tf

converter = tf.lite.TFLiteConverter.from_keras_model(heavy)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([sheet[np.newaxis]] for sheet in sheets[:100])

# Each operator is given the float's own inputs, so nothing is inherited here: what is seen is the layer's own.
debugger = tf.lite.experimental.QuantizationDebugger(
    converter=converter,
    debug_dataset=lambda: ([image[np.newaxis]] for image in images[:40]),
)
debugger.run()

text = io.StringIO()
debugger.layer_statistics_dump(text)
text.seek(0)
for row in csv.DictReader(text):
    steps = float(row["mean_squared_error"]) ** 0.5 / float(row["scale"])
    print(f"{row['op_name']:20} {row['tensor_name']:30} error in steps {steps:.2f}")
