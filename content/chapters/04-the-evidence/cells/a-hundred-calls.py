import time

import keras
import numpy as np

heavy = keras.saving.load_model("lenet-5.keras")
_, (images, _) = keras.datasets.mnist.load_data()
digit = images[:1, ..., np.newaxis].astype("float32") / 255.0


def once():
    start = time.perf_counter()
    # predict() is made for batches and has costs of its own.
    np.asarray(heavy(digit, training=False))
    return 1e3 * (time.perf_counter() - start)


calls = [once() for _ in range(100)]
print(f"first {calls[0]:.3f}, slowest {max(calls):.3f} ms")
print(f"mean {np.mean(calls):.3f}, quickest {min(calls):.3f} ms")
late = np.median(calls[10:])
print(f"median {np.median(calls):.3f}, of the last 90 {late:.3f}")
