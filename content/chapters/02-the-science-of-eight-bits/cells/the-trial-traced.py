light = keras.saving.load_model("depthwise-net.keras")
with open("trial.tflite", "rb") as trial:
    file = trial.read()

# Without this option the runtime reuses the memory of tensors that it has done with.
interpreter = Interpreter(model_content=file, experimental_preserve_all_tensors=True)
interpreter.allocate_tensors()
interpreter.set_tensor(interpreter.get_input_details()[0]["index"], images[:1])
interpreter.invoke()

for details in interpreter.get_tensor_details():
    layers = [layer for layer in light.layers if layer.name == details["name"]]
    if details["dtype"] != np.int8 or not layers:
        continue
    wanted = keras.Model(light.inputs, layers[0].output)(images[:1]).numpy()
    scale, zero_point = details["quantization"]
    given = scale * (interpreter.get_tensor(details["index"]).astype(np.float32) - zero_point)
    noise = np.sum((wanted - given) ** 2)
    print(f"{details['name']:24} {10 * np.log10(np.sum(wanted**2) / noise):6.1f} dB")
