import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # pip install tf_keras; before TensorFlow is imported
import tensorflow_model_optimization as tfmot
import tf_keras as keras


class ThreeBitWeights(tfmot.quantization.keras.QuantizeConfig):
    """Kernels in 3 bits, activations in 8."""

    def get_weights_and_quantizers(self, layer):
        three = tfmot.quantization.keras.quantizers.LastValueQuantizer(
            num_bits=3, per_axis=False, symmetric=True, narrow_range=True
        )
        return [(layer.kernel, three)]

    def get_activations_and_quantizers(self, layer):
        eight = tfmot.quantization.keras.quantizers.MovingAverageQuantizer(
            num_bits=8, per_axis=False, symmetric=False, narrow_range=False
        )
        return [(layer.activation, eight)]

    def set_quantize_weights(self, layer, quantize_weights):
        layer.kernel = quantize_weights[0]

    def set_quantize_activations(self, layer, quantize_activations):
        layer.activation = quantize_activations[0]

    def get_output_quantizers(self, layer):
        return []

    def get_config(self):
        return {}


def annotate(layer):
    if not isinstance(layer, keras.layers.Dense):
        return layer
    return tfmot.quantization.keras.quantize_annotate_layer(layer, ThreeBitWeights())


model = keras.models.load_model("lenet-300-100.h5")
marked = keras.models.clone_model(model, clone_function=annotate)
with tfmot.quantization.keras.quantize_scope({"ThreeBitWeights": ThreeBitWeights}):
    pupil = tfmot.quantization.keras.quantize_apply(marked)
pupil.compile(optimizer=keras.optimizers.Adam(learning_rate=1e-3), loss="sparse_categorical_crossentropy")

(images, labels), _ = keras.datasets.mnist.load_data()
pupil.fit(images.reshape(-1, 784) / 255.0, labels, batch_size=64, epochs=1)
