import tensorflow as tf

few, _ = readings(sheets, 0, 200)
p = tf.nn.softmax(few @ kernel + bias).numpy()
# The whole Hessian of the cross-entropy in the kernel: inputs × units, twice.
bend = np.einsum("na,ab->nab", p, np.eye(10)) - np.einsum("na,nb->nab", p, p)
hessian = np.einsum("ni,nj,nab->iajb", few, few, bend, optimize=True) / len(few)
inverse = np.linalg.inv(hessian.reshape(1000, 1000) + 1e-6 * np.eye(1000))

w, left = kernel.ravel().astype("float64"), np.ones(1000, bool)
for _ in range(700):
    diagonal = np.where(left, np.diag(inverse), 1.0)
    q = np.where(left, w**2 / (2.0 * diagonal), np.inf).argmin()
    column = inverse[:, q].copy()
    w -= w[q] / column[q] * column
    inverse -= np.outer(column, column) / column[q]
    left[q] = False
    w[~left] = 0.0

x, labels = readings(sheets, 2000, 2000)
for name, weights in {"whole": kernel, "operated": w.reshape(100, 10)}.items():
    scores = (x @ weights + bias).astype("float32")
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
        labels.astype("int32"), scores
    )
    print(f"{name}: loss {float(tf.reduce_mean(losses)):.5f}")
