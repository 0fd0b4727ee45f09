import tensorflow as tf

x = tf.Variable([-0.6, -0.46, -0.4, 0.1, 0.55, 1.03, 1.2])
low, high = tf.Variable(-0.5), tf.Variable(1.0)

with tf.GradientTape() as tape:
    rounded = tf.quantization.fake_quant_with_min_max_vars(x, min=low, max=high, num_bits=3)
    total = tf.reduce_sum(rounded)
dx, d_low, d_high = tape.gradient(total, [x, low, high])

print(dx.numpy())  # 1 inside the nudged range, 0 outside
print(d_low.numpy(), d_high.numpy())  # what fell off each end
