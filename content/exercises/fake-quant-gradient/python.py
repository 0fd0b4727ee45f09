import tensorflow as tf

x = tf.Variable([-10.1, -10.0, 0.0, 53.75, 54.0])
low, high = tf.Variable(-10.0), tf.Variable(53.75)
upstream = tf.constant([5.0, 4.0, 3.0, 2.0, 1.0])

with tf.GradientTape() as tape:
    rounded = tf.quantization.fake_quant_with_min_max_vars(x, min=low, max=high, num_bits=8)
dx, d_low, d_high = tape.gradient(rounded, [x, low, high], output_gradients=upstream)

print(dx.numpy(), d_low.numpy(), d_high.numpy())  # 0 4 3 2 0, then 5 and 1
