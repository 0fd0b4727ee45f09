import tensorflow as tf


def follow_range(batches, decay, start=None):
    average = start
    for batch in batches:
        seen = tf.minimum(tf.reduce_min(batch), 0.0), tf.maximum(tf.reduce_max(batch), 0.0)
        if average is None:
            average = seen
        else:
            average = tuple(decay * old + (1.0 - decay) * new for old, new in zip(average, seen))
    return average


def batches_until(decay, share):
    return int(tf.math.ceil(tf.math.log(share) / tf.math.log(decay)))


batches = [tf.constant([0.0, 2.0]), tf.constant([-1.0, 4.0])]
print(follow_range(batches, 0.5, start=(-6.0, 6.0)))
print(batches_until(0.999, 0.01))
