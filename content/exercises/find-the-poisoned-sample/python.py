import tensorflow as tf


def width(samples: list[tf.Tensor]) -> float:
    values = tf.concat([*samples, [0.0]], axis=0)  # a range always contains 0
    return float(tf.reduce_max(values) - tf.reduce_min(values))


def find_poisoned(samples: list[tf.Tensor]) -> tuple[int, float] | None:
    if len(samples) < 2:
        return None
    narrowing = [width(samples) / width(samples[:i] + samples[i + 1 :]) for i in range(len(samples))]
    worst = int(tf.argmax(narrowing))
    return (worst, narrowing[worst]) if narrowing[worst] >= 2.0 else None


print(find_poisoned([tf.constant([0.0, 1.0, 3.0]), tf.constant([0.0, 2.0, 2.0]), tf.constant([-1.0, 0.0, 12.0])]))
