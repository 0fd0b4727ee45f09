import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # pip install tf_keras; before TensorFlow is imported
import math

import numpy as np
import tensorflow_model_optimization as tfmot
import tf_keras

BATCH, EPOCHS = 5, 6


def train_pruned(kernel: np.ndarray, inputs: np.ndarray, answers: np.ndarray, final_sparsity: float):
    layer = tf_keras.layers.Dense(kernel.shape[1], use_bias=False, name="answer", input_shape=[kernel.shape[0]])
    model = tf_keras.Sequential([layer])
    model.set_weights([kernel])

    steps = EPOCHS * math.ceil(len(inputs) / BATCH)
    pruned = tfmot.sparsity.keras.prune_low_magnitude(
        model,
        pruning_schedule=tfmot.sparsity.keras.PolynomialDecay(
            initial_sparsity=0.0,
            final_sparsity=final_sparsity,
            begin_step=0,
            end_step=steps // 2,
            frequency=1,  # 100 unless told: no step of so short a training would prune
        ),
    )
    pruned.compile(optimizer=tf_keras.optimizers.SGD(learning_rate=0.1), loss="mse")
    step_counter = tfmot.sparsity.keras.UpdatePruningStep()  # without it the first batch raises an error
    pruned.fit(inputs, answers, batch_size=BATCH, epochs=EPOCHS, shuffle=False, callbacks=[step_counter])
    return tfmot.sparsity.keras.strip_pruning(pruned)  # without it every mask is stored too
