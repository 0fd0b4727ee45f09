import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # pip install tf_keras; before TensorFlow
import gzip

import numpy as np
import tensorflow as tf
import tensorflow_model_optimization as tfmot
import tf_keras

# 1. Load the model, the lessons and the cards
model = tf_keras.models.load_model("original_model.h5")
train, test = tf_keras.datasets.mnist.load_data()
x_train = train[0][:15_000, ..., np.newaxis].astype("float32") / 255.0
y_train = tf_keras.utils.to_categorical(train[1][:15_000], 10)
x_test = test[0][..., np.newaxis].astype("float32") / 255.0
y_test = tf_keras.utils.to_categorical(test[1], 10)


# 2. Eight bits, after training
def representative_dataset():
    for sheet in x_train[:200]:
        yield [sheet[np.newaxis]]


def in_eight_bits(some):
    converter = tf.lite.TFLiteConverter.from_keras_model(some)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = representative_dataset
    return converter.convert()


original_file = in_eight_bits(model)

# 3. The schedule of the pruning
pruning_params = {
    "pruning_schedule": tfmot.sparsity.keras.PolynomialDecay(
        initial_sparsity=0.50,
        final_sparsity=0.90,
        begin_step=1000,
        end_step=2000,
    )
}

# 4. Wrap the model
pruned_model = tfmot.sparsity.keras.prune_low_magnitude(model, **pruning_params)

# 5. Compile it
pruned_model.compile(
    optimizer=tf_keras.optimizers.Adam(learning_rate=0.001),
    loss="categorical_crossentropy",
    metrics=["accuracy"],
)

# 6. The callbacks
callback_list = [
    tfmot.sparsity.keras.UpdatePruningStep(),
    tf_keras.callbacks.ModelCheckpoint(
        "best.weights.h5",
        monitor="val_loss",
        save_best_only=True,
        save_weights_only=True,
    ),
]

# 7. Train it for five epochs
pruned_model.fit(
    x_train,
    y_train,
    epochs=5,
    batch_size=32,
    shuffle=False,
    validation_data=(x_test[:1000], y_test[:1000]),
    callbacks=callback_list,
)

# 8. Take the wrapper off
final_model = tfmot.sparsity.keras.strip_pruning(pruned_model)

# 9. Save the final model
final_model.save("final_model.h5", include_optimizer=False)

# 10. Convert it
final_file = in_eight_bits(final_model)
with open("final_model.tflite", "wb") as file:
    file.write(final_file)

# 11. Fit the device, and count
original_model = tf_keras.models.load_model("original_model.h5")  # model was pruned too
for name, some, file in (
    ("before", original_model, original_file),
    ("after", final_model, final_file),
):
    read = int((some.predict(x_test, verbose=0).argmax(axis=1) == test[1]).sum())
    kernels = [weight for weight in some.get_weights() if weight.ndim > 1]
    zeros = sum(int((kernel == 0).sum()) for kernel in kernels)
    zipped = len(gzip.compress(file))
    print(f"{name}: read {read}, zeros {zeros}, bytes {len(file)}, zipped {zipped}")
    print("fits the flash:", len(file) <= 256 * 1024)
