def two_of_four(kernel: tf.Tensor) -> tf.Tensor:
    """The mask of a dense kernel [inputs, units]: in every four inputs of a unit the two largest are kept."""
    inputs, units = kernel.shape
    fours = tf.reshape(tf.transpose(tf.abs(kernel)), [units, inputs // 4, 4])
    places = tf.math.top_k(fours, k=2).indices  # of equal ones the lower index comes first
    mask = tf.reduce_sum(tf.one_hot(places, 4), axis=2)
    return tf.transpose(tf.reshape(mask, [units, inputs]))


kernel = tf.constant(heavy.get_layer("dense_1").get_weights()[0])
in_fours, anywhere = two_of_four(kernel), magnitude_mask(kernel.numpy(), 0.5)[0]
whole = tf.reduce_sum(tf.square(kernel))
for name, mask in {"two in four": in_fours, "anywhere": anywhere}.items():
    print(name, "keeps", float(tf.reduce_sum(tf.square(kernel * mask)) / whole), "of the power")

# While training, the toolkit finds such a mask once, at the first step.
wrapped_in_fours = tfmot.sparsity.keras.prune_low_magnitude(old, sparsity_m_by_n=(2, 4))
