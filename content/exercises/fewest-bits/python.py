import math

import tensorflow as tf


def sqnr_at(weights: tf.Tensor, bits: int) -> float:
    largest_code = 2.0 ** (bits - 1) - 1.0
    scale = tf.reduce_max(tf.abs(weights)) / largest_code
    steps = weights / scale
    codes = tf.sign(steps) * tf.floor(tf.abs(steps) + 0.5)
    noise = tf.reduce_sum(tf.math.squared_difference(weights, codes * scale))
    signal = tf.reduce_sum(tf.square(weights))
    return math.inf if noise == 0.0 else 10.0 * math.log10(signal / noise)


def plan_bits(layers: list[tf.keras.layers.Dense], budget: int) -> list[int]:
    def plan_bytes(plan: list[int]) -> int:
        return sum(
            math.ceil(int(tf.size(layer.kernel)) * bits / 8) + 4 * layer.units
            for layer, bits in zip(layers, plan)
        )

    tables = [{b: sqnr_at(layer.kernel, b) for b in range(2, 9)} for layer in layers]
    for threshold in sorted({d for table in tables for d in table.values()}, reverse=True):
        plan = [next((b for b, d in table.items() if d >= threshold), None) for table in tables]
        if None not in plan and plan_bytes(plan) <= budget:
            return plan
    raise ValueError(f"{budget} bytes do not hold 2 bits a weight")


model = tf.keras.models.load_model("lenet-300-100.keras")
print(plan_bits([layer for layer in model.layers if layer.weights], 256 * 1024))
