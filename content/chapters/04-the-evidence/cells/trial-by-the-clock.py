import time

import numpy as np
from ai_edge_litert.interpreter import Interpreter


def reader(path):
    interpreter = Interpreter(model_path=path, num_threads=1)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], digit)
    return interpreter.invoke


def runs(invoke, count=12):
    for _ in range(3):
        invoke()
    taken = []
    for _ in range(count):
        start = time.perf_counter()
        invoke()
        taken.append(1e3 * (time.perf_counter() - start))
    return taken


readers = {"ours": reader("honest.tflite"), "theirs": reader("trial.tflite")}
times = {"ours": [], "theirs": []}
for whose in ["ours", "theirs", "theirs", "ours"]:
    times[whose] += runs(readers[whose])
for whose, taken in times.items():
    low, high = np.sort(taken)[[7, 16]]  # of 24, ranks 8 and 17
    print(f"{whose}: median {np.median(taken):.3f}, {low:.3f} to {high:.3f} ms")
