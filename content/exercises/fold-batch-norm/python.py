import tensorflow as tf


def fold_batch_norm(kernel, bias, gamma, beta, mean, variance, epsilon):
    factor = gamma / tf.sqrt(variance + epsilon)
    bias = tf.zeros_like(beta) if bias is None else bias
    return kernel * factor, beta + factor * (bias - mean)  # the output channel is the last axis


conv = tf.keras.layers.Conv2D(4, 3, use_bias=False)
norm = tf.keras.layers.BatchNormalization()
images = tf.random.stateless_uniform([2, 8, 8, 1], seed=[3, 3])
norm(conv(images), training=True)  # one batch moves the averages a little

(kernel,) = conv.get_weights()
gamma, beta, mean, variance = norm.get_weights()
folded, shift = fold_batch_norm(kernel, None, gamma, beta, mean, variance, norm.epsilon)
print(tf.reduce_max(tf.abs(tf.nn.conv2d(images, folded, 1, "VALID") + shift - norm(conv(images)))).numpy())
