import numpy as np
import tensorflow as tf


def saliencies(layers, inputs):
    """h·w²/2 of every weight: dense layers, ReLU, cross-entropy at the end."""
    activations = [inputs]
    for kernel, bias in layers[:-1]:
        sums = tf.matmul(activations[-1], kernel) + bias
        activations.append(tf.nn.relu(sums))
    kernel, bias = layers[-1]
    p = tf.nn.softmax(tf.matmul(activations[-1], kernel) + bias)

    curvatures = [np.zeros_like(kernel) for kernel, _ in layers]
    classes = kernel.shape[1]
    # Over all s, Σ δ·δᵀ is diag(p) − p·pᵀ, the curvature in the scores.
    for s in range(classes):
        delta = tf.sqrt(p[:, s : s + 1]) * (tf.one_hot(s, classes) - p)
        for i in reversed(range(len(layers))):
            x2, c = tf.square(activations[i]), tf.square(delta)
            mean = tf.matmul(x2, c, transpose_a=True) / len(inputs)
            curvatures[i] += mean.numpy()  # h = E[x²·c]
            if i > 0:
                delta = tf.matmul(delta, layers[i][0], transpose_b=True)
                delta = tf.where(activations[i] > 0, delta, 0.0)
    return [h * kernel**2 / 2 for h, (kernel, _) in zip(curvatures, layers)]


worths = saliencies(network, pixels)
