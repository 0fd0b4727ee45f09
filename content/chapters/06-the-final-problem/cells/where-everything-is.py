# The same rooms in TensorFlow, each with one of its doors.
import tensorflow as tf
import tensorflow_model_optimization as tfmot

rooms = {
    "numerics": tf.quantization.fake_quant_with_min_max_args,
    "calibration, quantization": tf.lite.TFLiteConverter.from_keras_model,
    "sparsity": tfmot.sparsity.keras.prune_low_magnitude,
    "clustering": tfmot.clustering.keras.cluster_weights,
    "training": tfmot.quantization.keras.quantize_model,
}
for room, door in rooms.items():
    print(room, door.__name__)
