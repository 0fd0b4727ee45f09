import tensorflow as tf


def two_of_four(kernel: tf.Tensor) -> tf.Tensor:
    """The mask of a dense kernel [inputs, units]."""
    inputs, units = kernel.shape
    filled = tf.pad(tf.abs(kernel), [[0, -inputs % 4], [0, 0]])
    fours = tf.reshape(tf.transpose(filled), [units, -1, 4])
    places = tf.math.top_k(fours, k=2).indices  # of equal ones the lower index comes first
    mask = tf.reduce_sum(tf.one_hot(places, 4), axis=2)
    return tf.transpose(tf.reshape(mask, [units, -1]))[:inputs]


print(two_of_four(tf.constant([[0.7, 0.1], [-0.9, 0.2], [0.1, -0.4], [0.7, 0.3], [0.0, 0.01]])).numpy())

# In training the toolkit makes such a mask at the first step: prune_low_magnitude(model, sparsity_m_by_n=(2, 4)).
