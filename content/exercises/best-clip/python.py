import tensorflow as tf


def best_clip(weights: tf.Tensor, bits: int) -> tuple[float, float]:
    largest = tf.reduce_max(tf.abs(weights))
    tried = []
    for k in range(1, 101):
        clip = float(largest) * k / 100.0
        restored = tf.quantization.fake_quant_with_min_max_args(
            weights, min=-clip, max=clip, num_bits=bits, narrow_range=True
        )
        tried.append((float(tf.reduce_mean(tf.math.squared_difference(weights, restored))), clip))
    mse, clip = min(tried)
    return clip, mse


print(best_clip(tf.constant([0.5, -0.3, 0.3, 0.25, -0.2, 0.2, -0.15, 0.1, -0.1, 0.05]), bits=4))
