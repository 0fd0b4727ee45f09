import numpy as np
import tensorflow as tf

SHARES = {"conv_1": 0.2, "conv_2": 0.4, "dense_1": 0.6}


def cost(k1, k2, units):
    """Parameters and multiplications of a LeNet-5 with so many channels."""
    parameters = 26 * k1 + k2 * (25 * k1 + 1) + units * (16 * k2 + 1) + 10 * (units + 1)
    return parameters, 14_400 * k1 + 1_600 * k1 * k2 + 16 * k2 * units + 10 * units


def teach(pupil, master, images, labels):
    """One pass with the whole network as master; both give scores, without a softmax."""
    optimizer = tf.keras.optimizers.Adam(learning_rate=1e-3)
    for start in range(0, len(labels) - 63, 64):
        x, y = images[start : start + 64], labels[start : start + 64]
        soft = tf.nn.softmax(master(x) / 4.0)
        with tf.GradientTape() as tape:
            scores = pupil(x, training=True)
            taught = tf.nn.softmax_cross_entropy_with_logits(soft, scores / 4.0)
            told = tf.nn.sparse_softmax_cross_entropy_with_logits(y, scores)
            loss = tf.reduce_mean(0.7 * 16.0 * taught + 0.3 * told)
        gradients = tape.gradient(loss, pupil.trainable_variables)
        optimizer.apply_gradients(zip(gradients, pupil.trainable_variables))


channels = {"conv_1": 20, "conv_2": 50, "dense_1": 500}
left = [round(channels[layer] * (1 - share)) for layer, share in SHARES.items()]
parameters, multiplications = cost(*left)
print(left, f"{parameters:,} parameters, {multiplications:,} multiplications")
print(np.sum(left), "channels left of", sum(channels.values()))
