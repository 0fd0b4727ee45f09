import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter, OpResolverType

heavy = keras.saving.load_model("lenet-5.keras")
(sheets, _), (digits, _) = keras.datasets.mnist.load_data()
sheets, digits = (part.reshape(-1, 28, 28, 1).astype("float32") / 255.0 for part in (sheets[:100], digits[:20]))


def codes(file, resolver):
    hand = Interpreter(model_content=file, experimental_op_resolver_type=resolver)
    hand.allocate_tensors()
    source, answer = hand.get_input_details()[0], hand.get_output_details()[0]
    scale, zero_point = source["quantization"]
    given = []
    for digit in digits:
        q = np.clip(np.round(digit / scale) + zero_point, -128, 127).astype(np.int8)
        hand.set_tensor(source["index"], q[np.newaxis])
        hand.invoke()
        given.append(hand.get_tensor(answer["index"]).astype(int))
    return np.array(given)


# XNNPACK keeps what lies between its operators to itself: so end the network at each layer in turn.
for layer in heavy.layers:
    converter = tf.lite.TFLiteConverter.from_keras_model(keras.Model(heavy.inputs, layer.output))
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([sheet[np.newaxis]] for sheet in sheets)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    file = converter.convert()
    steps = np.abs(codes(file, OpResolverType.BUILTIN_REF) - codes(file, OpResolverType.AUTO))
    print(f"{layer.name:10} differ {np.count_nonzero(steps)} of {steps.size}, at most by {steps.max()}")
