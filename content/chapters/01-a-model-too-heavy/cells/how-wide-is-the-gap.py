import numpy as np

largest = float(tf.reduce_max(tf.abs(model.get_layer("logits").get_weights()[0])))
scale = largest / 127


def gap(size: float, mantissa_bits: int) -> float:
    return float(2.0 ** (np.floor(np.log2(size)) - mantissa_bits))


print(f"At the largest weight, {largest:.3f}:")
print(f"  one step of float16  is {gap(largest, 10):.2e}")
print(f"  one step of bfloat16 is {gap(largest, 7):.2e}")
print(f"  one step of int8     is {scale:.2e}")
