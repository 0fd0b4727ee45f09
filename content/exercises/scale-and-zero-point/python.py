import tensorflow as tf


def choose_scale_and_zero_point(low: float, high: float) -> tuple[tf.Tensor, tf.Tensor]:
    low, high = tf.minimum(low, 0.0), tf.maximum(high, 0.0)
    scale = (high - low) / 255.0
    zero_point = tf.clip_by_value(tf.round(-128.0 - low / scale), -128.0, 127.0)
    return scale, tf.cast(zero_point, tf.int8)


scale, zero_point = choose_scale_and_zero_point(-51.0, 204.0)
print(scale.numpy(), zero_point.numpy())

# TensorFlow's own fake quantization lays the same grid: every value comes back as a multiple of the scale.
values = tf.constant([-51.0, -0.4, 0.0, 0.6, 204.0])
print(tf.quantization.fake_quant_with_min_max_args(values, min=-51.0, max=204.0, num_bits=8).numpy())
