import tf_keras

old = tf_keras.models.load_model("lenet-300-100.h5")
(lessons, labels), (cards, card_labels) = tf_keras.datasets.mnist.load_data()
lessons, cards = lessons[:2000].reshape(2000, 784) / 255.0, cards[:400].reshape(400, 784) / 255.0

nineteen_in_twenty = tfmot.sparsity.keras.PolynomialDecay(
    initial_sparsity=0.0, final_sparsity=0.95, begin_step=0, end_step=80, frequency=8
)


def prune(layer):
    """Wraps a layer as it is, weights and all."""
    if layer.name == "logits" or not isinstance(layer, tf_keras.layers.Dense):
        return layer
    return tfmot.sparsity.keras.prune_low_magnitude(layer, pruning_schedule=nineteen_in_twenty)


wrapped = tf_keras.models.clone_model(old, clone_function=prune)
wrapped.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
wrapped.fit(
    lessons,
    labels[:2000],
    batch_size=50,
    epochs=3,
    callbacks=[tfmot.sparsity.keras.UpdatePruningStep()],
)
stripped = tfmot.sparsity.keras.strip_pruning(wrapped)
stripped.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
stripped.evaluate(cards, card_labels[:400])
