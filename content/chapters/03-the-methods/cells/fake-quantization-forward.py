import tensorflow as tf

xs = tf.linspace(-1.2, 1.2, 241)
rounded = tf.quantization.fake_quant_with_min_max_args(xs, min=-0.5, max=1.0, num_bits=3)

values = tf.sort(tf.unique(rounded).y)
print(values.numpy())  # eight of them, 0 among them
