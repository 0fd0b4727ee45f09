import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # the toolkit works on Keras 2, which lives on as tf_keras
import tensorflow_model_optimization as tfmot
import tf_keras as keras

model = keras.models.load_model("lenet-300-100.h5")
(lessons, labels), (exam, exam_labels) = keras.datasets.mnist.load_data()
lessons, exam = lessons.reshape(-1, 784) / 255.0, exam.reshape(-1, 784) / 255.0

pupil = tfmot.quantization.keras.quantize_model(model)  # 8 bits: the scheme has no other by default
pupil.compile(
    optimizer=keras.optimizers.Adam(learning_rate=1e-3),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
pupil.fit(lessons[:3840], labels[:3840], batch_size=64, epochs=1)
pupil.evaluate(exam, exam_labels)
