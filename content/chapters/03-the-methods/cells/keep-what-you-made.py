import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow_model_optimization as tfmot
import tf_keras as keras

made = keras.models.load_model("pruned-and-clustered.h5")  # stripped of both wrappers
(lessons, labels), _ = keras.datasets.mnist.load_data()
lessons = lessons.reshape(-1, 784) / 255.0

marked = tfmot.quantization.keras.quantize_annotate_model(made)
schemes = {
    "PQAT": tfmot.experimental.combine.Default8BitPrunePreserveQuantizeScheme(),
    "CQAT": tfmot.experimental.combine.Default8BitClusterPreserveQuantizeScheme(),
    "PCQAT": tfmot.experimental.combine.Default8BitClusterPreserveQuantizeScheme(preserve_sparsity=True),
}
for name, scheme in schemes.items():
    pupil = tfmot.quantization.keras.quantize_apply(marked, scheme)
    pupil.compile(optimizer=keras.optimizers.Adam(learning_rate=1e-3), loss="sparse_categorical_crossentropy")
    pupil.fit(lessons[:640], labels[:640], batch_size=64, epochs=1)
    print(name, "trained")
