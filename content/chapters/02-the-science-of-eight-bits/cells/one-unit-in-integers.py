import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

heavy = keras.saving.load_model("lenet-5.keras")
(sheets, _), (digits, _) = keras.datasets.mnist.load_data()
sheets, digits = (part[:100].reshape(100, 28, 28, 1).astype("float32") / 255.0 for part in (sheets, digits))

converter = tf.lite.TFLiteConverter.from_keras_model(heavy)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([sheet[np.newaxis]] for sheet in sheets)

integers = Interpreter(model_content=converter.convert(), experimental_preserve_all_tensors=True)
integers.allocate_tensors()
integers.set_tensor(integers.get_input_details()[0]["index"], digits[:1])
integers.invoke()

# The converter names its tensors in its own way, so they are told apart by their shapes.
details = {tuple(d["shape"]): d for d in integers.get_tensor_details() if d["dtype"] in (np.int8, np.int32)}
x, w, b, y = (details[shape] for shape in [(1, 800), (500, 800), (500,), (1, 500)])
values = {name: integers.get_tensor(d["index"]).astype(np.int64) for name, d in dict(x=x, w=w, b=b, y=y).items()}
zx, zy = (d["quantization"][1] for d in (x, y))
real = x["quantization"][0] * w["quantization"][0] / y["quantization"][0]

for unit in range(6):
    products = values["w"][unit] @ values["x"][0]
    correction = zx * values["w"][unit].sum()
    total = products - correction + values["b"][unit]
    code = zy + int(np.floor(total * real + 0.5))  # in floats, rounded once
    print(unit, products, correction, total, max(zy, min(127, code)), values["y"][0][unit])
