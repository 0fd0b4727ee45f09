import tensorflow as tf


def wilson(correct: int, total: int, z: float) -> tuple[float, float]:
    rate, count = tf.constant(correct / total, tf.float64), tf.constant(float(total), tf.float64)
    centre = rate + z * z / (2.0 * count)
    spread = z * tf.sqrt(rate * (1.0 - rate) / count + z * z / (4.0 * count * count))
    scale = 1.0 + z * z / count
    return max(0.0, float((centre - spread) / scale)), min(1.0, float((centre + spread) / scale))


def standing(correct: int, total: int, required: float, z: float) -> str:
    low, high = wilson(correct, total, z)
    if low >= required:
        return "passes"
    return "fails" if high < required else "not shown"


print(wilson(100, 100, 1.96), standing(197, 200, 0.985, 1.96))
