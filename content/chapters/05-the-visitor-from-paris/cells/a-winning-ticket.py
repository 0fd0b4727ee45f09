(lessons, answers), _ = keras.datasets.mnist.load_data()
lessons, answers = lessons[:3200].reshape(3200, 784) / 255.0, answers[:3200]


def drawn(seed):
    start = keras.initializers.HeNormal(seed=seed)
    return keras.Sequential(
        [
            keras.layers.Input((784,)),
            keras.layers.Dense(100, activation="relu", kernel_initializer=start),
            keras.layers.Dense(10, activation="softmax", kernel_initializer=start),
        ]
    )


class KeepMasks(keras.callbacks.Callback):
    """Strikes the lost weights out again after every batch."""

    def __init__(self, masks):
        super().__init__()
        self.masks = masks

    def on_train_batch_end(self, batch, logs=None):
        weights = self.model.get_weights()
        self.model.set_weights([w * mask for w, mask in zip(weights, self.masks)])


def train(model, callbacks=()):
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    flat = images.reshape(500, 784)
    model.fit(lessons, answers, batch_size=64, epochs=2, callbacks=list(callbacks))
    return model.evaluate(flat, labels[:500], verbose=0)[1]


def mask_of(weights, kept=0.05):
    if weights.ndim == 1:
        return np.ones_like(weights)
    return (np.abs(weights) >= np.quantile(np.abs(weights), 1 - kept)).astype("float32")


whole = drawn(1895)
print("whole", train(whole))
masks = [mask_of(w) for w in whole.get_weights()]
for name, seed in {"its own beginning": 1895, "another beginning": 1896}.items():
    ticket = drawn(seed)
    ticket.set_weights([w * mask for w, mask in zip(ticket.get_weights(), masks)])
    print(name, train(ticket, [KeepMasks(masks)]))
