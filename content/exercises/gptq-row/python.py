import numpy as np
import tensorflow as tf


def gptq_row(weights: np.ndarray, inverse: np.ndarray, scale: float, qmax: int) -> np.ndarray:
    # Row i of the upper Cholesky factor U, with H⁻¹ = Uᵀ·U, is what each elimination would leave of row i,
    # over the root of its diagonal: all of them at once.
    upper = tf.transpose(tf.linalg.cholesky(tf.constant(inverse))).numpy()
    w, codes = weights.copy(), np.zeros(len(weights), "int32")
    for i in range(len(w)):
        codes[i] = np.clip(np.rint(w[i] / scale), -qmax, qmax)
        w[i + 1 :] -= (w[i] - codes[i] * scale) / upper[i, i] * upper[i, i + 1 :]
    return codes


inverse = np.linalg.inv(np.array([[1.0, 0.5], [0.5, 1.0]]))
print(gptq_row(np.array([0.7, 0.2]), inverse, 0.5, 3))
