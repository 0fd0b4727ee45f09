import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # the toolkit works on Keras 2, which lives on as tf_keras
import tensorflow as tf
import tensorflow_model_optimization as tfmot


def prune_at(step, initial, final, begin, end, power, frequency):
    if end == begin:
        p = tf.cast(step >= begin, tf.float32)
    else:
        p = tf.clip_by_value((step - begin) / (end - begin), 0.0, 1.0)
    sparsity = final + (initial - final) * (1.0 - p) ** power
    return bool(begin <= step <= end and (step - begin) % frequency == 0), float(sparsity)


schedule = tfmot.sparsity.keras.PolynomialDecay(
    initial_sparsity=0.2, final_sparsity=0.8, begin_step=100, end_step=110, power=3, frequency=5
)
for step in [99, 100, 105, 107, 110, 115]:
    print(step, prune_at(step, 0.2, 0.8, 100, 110, 3, 5), [value.numpy() for value in schedule(step)])
