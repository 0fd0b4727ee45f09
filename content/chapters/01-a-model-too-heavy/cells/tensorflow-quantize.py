import tensorflow as tf

weights = tf.constant([0.5, -1.27, 0.004, 0.3])

# Symmetric, 8 bits, codes -127 ... 127: what comes back after the round trip.
restored = tf.quantization.quantize_and_dequantize_v2(
    weights,
    input_min=-1.27,
    input_max=1.27,
    signed_input=True,
    num_bits=8,
    range_given=True,
    narrow_range=True,
)
print(restored.numpy())

# Affine, as training-aware quantization sees it: the range is nudged until 0 has a code of its own.
activations = tf.constant([0.0, 0.4, 2.55])
print(tf.quantization.fake_quant_with_min_max_args(activations, min=0.0, max=2.55, num_bits=8).numpy())
