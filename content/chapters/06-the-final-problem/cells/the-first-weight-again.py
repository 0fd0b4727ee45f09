import numpy as np
import tensorflow as tf

model = tf.keras.models.load_model("lenet-300-100.keras")
layer = model.get_layer("logits").get_weights()[0].astype(np.float32)

scale = np.abs(layer).max() / 127
weight = layer.flat[0]
code = np.round(weight / scale).astype(np.int8)
print(f"{weight.view(np.uint32):032b} {weight:.6f}")
print(f"{code.view(np.uint8):08b} {code}, which is {code * scale:.6f}")
