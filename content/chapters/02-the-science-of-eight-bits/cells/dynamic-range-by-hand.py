before = keras.Model(model.inputs, model.get_layer("dense_1").output)
read = before(images[:1]).numpy()[0]
kernel, bias = model.get_layer("logits").get_weights()


def half_away(x):
    return np.sign(x) * np.floor(np.abs(x) + 0.5)


weight_scale = np.abs(kernel).max() / 127.0
codes = half_away(kernel / weight_scale).astype(np.int32)

# The rule for the input is made now, from this one input.
low, high = min(read.min(), 0.0), max(read.max(), 0.0)
input_scale = (high - low) / 255.0
zero_point = int(half_away(-128 - low / input_scale))
input_codes = np.clip(half_away(read / input_scale) + zero_point, -128, 127).astype(np.int32)

sums = (input_codes - zero_point) @ codes  # whole numbers only
scores = input_scale * weight_scale * sums + bias  # back to floats, then the bias
for unit in range(10):
    print(unit, sums[unit], f"{scores[unit]:.4f}", f"{(read @ kernel + bias)[unit]:.4f}")
