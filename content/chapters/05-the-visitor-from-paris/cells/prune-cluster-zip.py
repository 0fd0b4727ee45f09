import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # pip install tf_keras; before TensorFlow is imported
import zlib

import tensorflow_model_optimization as tfmot
import tf_keras as keras
from tensorflow_model_optimization.python.core.clustering.keras.experimental import cluster

pruned = keras.models.load_model("pruned.h5")  # nine tenths of zeros, stripped

clustering = cluster.cluster_weights(
    pruned,
    number_of_clusters=16,
    cluster_centroids_init=tfmot.clustering.keras.CentroidInitialization.LINEAR,
    preserve_sparsity=True,  # only here: the public function lets zeros go
)
clustering.compile(
    optimizer=keras.optimizers.Adam(learning_rate=1e-4),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
(images, labels), _ = keras.datasets.mnist.load_data()
clustering.fit(images[..., None] / 255.0, labels, batch_size=128, epochs=1)
packed = tfmot.clustering.keras.strip_clustering(clustering)

raw = b"".join(weights.tobytes() for weights in packed.get_weights())
print(f"{len(raw):,} bytes where it is run, {len(zlib.compress(raw, 9)):,} where it is sent")
