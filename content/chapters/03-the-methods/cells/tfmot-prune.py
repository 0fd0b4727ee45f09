import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # pip install tf_keras; before TensorFlow is imported
import tempfile

import tensorflow_model_optimization as tfmot
import tf_keras as keras

model = keras.models.load_model("lenet-5.h5")
(images, labels), _ = keras.datasets.mnist.load_data()
images = images.reshape(-1, 28, 28, 1) / 255.0

pruned = tfmot.sparsity.keras.prune_low_magnitude(
    model,
    pruning_schedule=tfmot.sparsity.keras.PolynomialDecay(
        initial_sparsity=0.5, final_sparsity=0.9, begin_step=0, end_step=700, frequency=20
    ),
)  # of 938 steps
pruned.compile(  # again: the optimizer is not carried over
    optimizer=keras.optimizers.Adam(learning_rate=5e-4),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
pruned.fit(
    images,
    labels,
    batch_size=128,
    epochs=2,
    callbacks=[
        tfmot.sparsity.keras.UpdatePruningStep(),  # without it training stops with an error
        tfmot.sparsity.keras.PruningSummaries(log_dir=tempfile.mkdtemp()),
    ],
)
stripped = tfmot.sparsity.keras.strip_pruning(pruned)  # without it every mask is saved too
stripped.save("pruned.h5", include_optimizer=False)
