import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # pip install tf_keras; before TensorFlow is imported
import math

import numpy as np
import tensorflow as tf
import tensorflow_model_optimization as tfmot
import tf_keras

BATCH, EPOCHS = 5, 6


def in_eight_bits(model, specimens: np.ndarray) -> bytes:
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[np.newaxis]] for row in specimens)
    return converter.convert()


def run_recipe(kernel: np.ndarray, inputs: np.ndarray, answers: np.ndarray, final_sparsity: float):
    rows, units = kernel.shape
    layer = tf_keras.layers.Dense(units, use_bias=False, activation="softmax", input_shape=[rows], name="answer")
    original_model = tf_keras.Sequential([layer])
    original_model.set_weights([kernel])

    steps_per_epoch = math.ceil(len(inputs) / BATCH)  # batches, not images
    pruned_model = tfmot.sparsity.keras.prune_low_magnitude(
        original_model,
        pruning_schedule=tfmot.sparsity.keras.PolynomialDecay(
            initial_sparsity=final_sparsity / 2,
            final_sparsity=final_sparsity,
            begin_step=2 * steps_per_epoch,
            end_step=4 * steps_per_epoch,
            frequency=1,
        ),
    )
    pruned_model.compile(optimizer=tf_keras.optimizers.SGD(learning_rate=0.1), loss="categorical_crossentropy")
    step_counter = tfmot.sparsity.keras.UpdatePruningStep()
    pruned_model.fit(inputs, answers, batch_size=BATCH, epochs=EPOCHS, shuffle=False, callbacks=[step_counter])
    # The best epoch by its loss is one before pruning: the last is handed on.
    final_model = tfmot.sparsity.keras.strip_pruning(pruned_model)
    return final_model.get_weights()[0], in_eight_bits(final_model, inputs)
