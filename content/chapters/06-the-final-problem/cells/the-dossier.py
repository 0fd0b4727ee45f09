import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

# The suspected file, and the trained network with its batch norms folded: layer name -> (kernel, bias) as the file
# orders them.
interpreter = Interpreter(model_path="trial.tflite")
interpreter.allocate_tensors()
due = np.load("due.npz")


def sqnr(wanted, got):
    return 10 * np.log10(np.sum(wanted**2) / np.sum((wanted - got) ** 2))


for tensor in interpreter.get_tensor_details():
    name = tensor["name"]
    if name not in due.files:
        continue
    rule = tensor["quantization_parameters"]
    codes = interpreter.get_tensor(tensor["index"]).astype(np.float64)
    shape = [1] * codes.ndim
    if len(rule["scales"]) > 1:
        shape[rule["quantized_dimension"]] = -1
    scales = rule["scales"].reshape(shape)
    wanted, got = due[name], codes * scales
    large = np.sum((codes == 0) & (np.abs(wanted) > scales))
    print(f"{name:28} {len(rule['scales']):3} scales {sqnr(wanted, got):6.1f} dB  {large} struck out, though large")

sheets = tf.keras.datasets.mnist.load_data()[0][0][:100] / 255.0
darkest = sheets.reshape(100, -1).max(axis=1)
order = np.argsort(-darkest)[:4]
print("darkest sheets:", order, darkest[order])
