import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # pip install tf_keras; before TensorFlow
import tensorflow_model_optimization as tfmot
import tf_keras

small = tf_keras.models.load_model("lenet-300-100.h5")
(images, labels), _ = tf_keras.datasets.mnist.load_data()
images = images[:320].reshape(320, 784).astype("float32") / 255.0
answers = tf_keras.utils.to_categorical(labels[:320], 10)


def compiled():
    pupil = tfmot.sparsity.keras.prune_low_magnitude(
        tf_keras.models.clone_model(small),  # a copy: the wrapper shares its weights
        pruning_schedule=tfmot.sparsity.keras.PolynomialDecay(
            initial_sparsity=0.5,
            final_sparsity=0.9,
            begin_step=5,
            end_step=10,
            frequency=1,
        ),
    )
    pupil.compile(optimizer="adam", loss="categorical_crossentropy")
    return pupil


def no_callback():
    return compiled().fit(images, answers, verbose=0)


def old_name():
    return tf_keras.optimizers.Adam(lr=0.01).learning_rate  # a warning, and 0.001


def wrong_name():
    step_counter = tfmot.sparsity.keras.UpdatePruningStep()
    return compiled().fit(images, answers, epoch=5, callbacks=[step_counter])


def never_stripped():
    pupil = compiled()
    stripped = tfmot.sparsity.keras.strip_pruning(pupil)
    return f"{pupil.count_params()} numbers, stripped {stripped.count_params()}"


for trial in (no_callback, old_name, wrong_name, never_stripped):
    try:
        print(trial.__name__, trial())
    except Exception as complaint:
        print(trial.__name__, type(complaint).__name__, complaint)
