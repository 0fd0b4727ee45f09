import keras
import tensorflow as tf

model = keras.saving.load_model("lenet-300-100.keras")
weight = tf.constant(model.get_layer("logits").get_weights()[0][0, 0])


def parted(code: int, exponent_bits: int, mantissa_bits: int) -> str:
    bits = format(code, f"0{1 + exponent_bits + mantissa_bits}b")
    return " ".join([bits[0], bits[1 : 1 + exponent_bits], bits[1 + exponent_bits :]])


print(parted(int(tf.bitcast(weight, tf.uint32)), 8, 23), float(weight))
for dtype, exponent_bits, mantissa_bits in [(tf.float16, 5, 10), (tf.bfloat16, 8, 7)]:
    rounded = tf.cast(weight, dtype)
    code = int(tf.bitcast(rounded, tf.uint16))
    value = float(tf.cast(rounded, tf.float32))
    print(parted(code, exponent_bits, mantissa_bits), value, value - float(weight))
