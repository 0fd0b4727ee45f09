import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # pip install tf_keras; before TensorFlow is imported
import tensorflow as tf
import tensorflow_model_optimization as tfmot
import tf_keras as keras
from tensorflow_model_optimization.python.core.clustering.keras.experimental import cluster

(images, labels), _ = keras.datasets.mnist.load_data()
images = images[..., None] / 255.0


def train(model, callbacks=()):
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=1e-4), loss="sparse_categorical_crossentropy")
    model.fit(images, labels, batch_size=64, epochs=2, callbacks=list(callbacks))


# 1. Prune.
schedule = tfmot.sparsity.keras.PolynomialDecay(
    initial_sparsity=0.5, final_sparsity=0.8, begin_step=0, end_step=1800
)
pruning = tfmot.sparsity.keras.prune_low_magnitude(
    keras.models.load_model("lenet-5.h5"), pruning_schedule=schedule
)
train(pruning, [tfmot.sparsity.keras.UpdatePruningStep()])
pruned = tfmot.sparsity.keras.strip_pruning(pruning)

# 2. Cluster, and keep the zeros: the public cluster_weights cannot, the experimental one can.
clustering = cluster.cluster_weights(
    pruned,
    number_of_clusters=16,
    cluster_centroids_init=tfmot.clustering.keras.CentroidInitialization.KMEANS_PLUS_PLUS,
    preserve_sparsity=True,
)
train(clustering)
clustered = tfmot.clustering.keras.strip_clustering(clustering)

# 3. Train quantized, and keep both.
marked = tfmot.quantization.keras.quantize_annotate_model(clustered)
scheme = tfmot.experimental.combine.Default8BitClusterPreserveQuantizeScheme(preserve_sparsity=True)
quantizing = tfmot.quantization.keras.quantize_apply(marked, scheme)
train(quantizing)

converter = tf.lite.TFLiteConverter.from_keras_model(quantizing)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
with open("lenet-5-pcqat.tflite", "wb") as file:
    file.write(converter.convert())
