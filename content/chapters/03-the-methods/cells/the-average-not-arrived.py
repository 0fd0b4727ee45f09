import tensorflow as tf

decay, average_max = 0.999, tf.constant(6.0)
true_max = 5.0  # what every batch shows

for seen in range(1, 5001):
    average_max = decay * average_max + (1.0 - decay) * true_max
    if seen in (1, 10, 100, 469, 2345, 5000):
        share_of_start = tf.pow(decay, tf.cast(seen, tf.float32))
        print(seen, float(average_max), f"{float(share_of_start):.1%} of the start is left")
