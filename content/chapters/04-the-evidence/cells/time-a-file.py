import time

import numpy as np
from ai_edge_litert.interpreter import Interpreter

interpreter = Interpreter(model_path="lenet-5-int8.tflite", num_threads=1)
interpreter.allocate_tensors()
digit = np.zeros(interpreter.get_input_details()[0]["shape"], np.float32)
interpreter.set_tensor(interpreter.get_input_details()[0]["index"], digit)

for _ in range(10):  # not counted
    interpreter.invoke()

n = 60
runs = []
for _ in range(n):
    start = time.perf_counter()
    interpreter.invoke()
    runs.append(1e6 * (time.perf_counter() - start))

runs.sort()
reach = 0.98 * n**0.5
low, high = (runs[round((n + 1) / 2 + side * reach) - 1] for side in (-1, 1))
print(f"median {np.median(runs):.1f} µs, from {low:.1f} to {high:.1f}")
print(f"nine of ten took no longer than {runs[53]:.1f} µs")
