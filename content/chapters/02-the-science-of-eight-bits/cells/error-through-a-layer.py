_, (images, _) = keras.datasets.mnist.load_data()
images = images[:200].reshape(200, 28, 28, 1).astype("float32") / 255.0
before = keras.Model(heavy.inputs, heavy.get_layer("flatten").output)
inputs = before(images)
exact = tf.matmul(inputs, weights)


def inputs_at(bits: int) -> tf.Tensor:
    low, high = tf.reduce_min(inputs), tf.reduce_max(inputs)
    scale = (high - low) / (2.0**bits - 1.0)
    zero = tf.round(-low / scale)
    return (tf.clip_by_value(tf.round(inputs / scale) + zero, 0.0, 2.0**bits - 1.0) - zero) * scale


for weight_bits, input_bits in [(8, 32), (32, 8), (8, 8), (4, 8)]:
    w = weights if weight_bits == 32 else through_rule(weights, largest, weight_bits)[0]
    x = inputs if input_bits == 32 else inputs_at(input_bits)
    print(weight_bits, input_bits, "SQNR of the sums", sqnr(exact, tf.matmul(x, w)))

strangers = 800.0 * tf.reduce_mean(tf.square(weights)) * tf.reduce_mean(tf.square(inputs))
print("gain", float(tf.reduce_mean(tf.square(exact)) / strangers))
