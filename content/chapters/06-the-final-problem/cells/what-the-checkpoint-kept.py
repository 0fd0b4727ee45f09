import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # pip install tf_keras; before TensorFlow
import tensorflow_model_optimization as tfmot
import tf_keras

old = tf_keras.models.load_model("lenet-300-100.h5")
train, test = tf_keras.datasets.mnist.load_data()
x_train = train[0][:2000].reshape(-1, 784).astype("float32") / 255.0
y_train = tf_keras.utils.to_categorical(train[1][:2000], 10)
x_test = test[0][:1000].reshape(-1, 784).astype("float32") / 255.0
y_test = tf_keras.utils.to_categorical(test[1][:1000], 10)

pupil = tfmot.sparsity.keras.prune_low_magnitude(
    old,
    pruning_schedule=tfmot.sparsity.keras.PolynomialDecay(
        initial_sparsity=0.5,
        final_sparsity=0.95,
        begin_step=90,  # of 160: in the third epoch
        end_step=140,
        frequency=10,
    ),
)
pupil.compile(
    optimizer=tf_keras.optimizers.Adam(learning_rate=0.001),
    loss="categorical_crossentropy",
    metrics=["accuracy"],
)
keeper = tf_keras.callbacks.ModelCheckpoint(
    "best.weights.h5",
    monitor="val_loss",
    save_best_only=True,
    save_weights_only=True,
)
pupil.fit(
    x_train,
    y_train,
    epochs=4,
    batch_size=50,
    shuffle=False,
    validation_data=(x_test, y_test),
    callbacks=[tfmot.sparsity.keras.UpdatePruningStep(), keeper],
)


def zeros(model):
    kernels = tfmot.sparsity.keras.strip_pruning(model).get_weights()[::2]
    return sum(int((kernel == 0).sum()) for kernel in kernels)


print("zeros at the end", zeros(pupil))
pupil.load_weights("best.weights.h5")
print("zeros in the epoch that was kept", zeros(pupil))
