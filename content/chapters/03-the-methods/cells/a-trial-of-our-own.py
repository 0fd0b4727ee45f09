light = keras.saving.load_model("depthwise-net.keras")


def without_a_fifth(kernel):
    kept = np.abs(kernel) >= np.quantile(np.abs(kernel), 0.2)
    return kernel * kept


pruned = keras.models.clone_model(light)
pruned.set_weights(light.get_weights())
for name in ["conv_1", "conv_2_pointwise", "conv_3_pointwise", "conv_4_pointwise"]:
    layer = pruned.get_layer(name)
    layer.set_weights([without_a_fifth(layer.get_weights()[0])])

ours = in_int8(pruned, sheets[:100])
with open("trial.tflite", "rb") as trial:
    theirs = trial.read()
print("Ours reads", int((readings(ours) == labels).sum()), "and theirs", int((readings(theirs) == labels).sum()))


def layer_by_layer(file):
    interpreter = Interpreter(model_content=file, experimental_preserve_all_tensors=True)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], images[:1])
    interpreter.invoke()
    found = {}
    for details in interpreter.get_tensor_details():
        scale, zero_point = details["quantization"]
        if details["dtype"] == np.int8 and any(layer.name == details["name"] for layer in light.layers):
            wanted = keras.Model(light.inputs, light.get_layer(details["name"]).output)(images[:1]).numpy()
            given = scale * (interpreter.get_tensor(details["index"]).astype(np.float32) - zero_point)
            found[details["name"]] = 10 * np.log10(np.sum(wanted**2) / np.sum((wanted - given) ** 2))
    return found


for name, decibels in layer_by_layer(theirs).items():
    print(f"{name:24} {decibels:6.1f} dB")
