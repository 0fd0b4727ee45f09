import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # the toolkit works on Keras 2, which lives on as tf_keras
import tensorflow_model_optimization as tfmot


def schedule(power: int) -> tfmot.sparsity.keras.PolynomialDecay:
    return tfmot.sparsity.keras.PolynomialDecay(
        initial_sparsity=0.0, final_sparsity=0.97, begin_step=0, end_step=120, power=power, frequency=8
    )


straight, cubic = schedule(1), schedule(3)
for step in range(8, 121, 8):
    # A schedule is called with a step, and answers (should_prune, sparsity).
    print(step, *(float(plan(step)[1]) for plan in (straight, cubic)))
