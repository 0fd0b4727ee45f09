# A .tflite file of your own: the trial file of this book is made in the page.
trial = Interpreter(model_path="int8.tflite")
trial.allocate_tensors()
details = {d["index"]: d for d in trial.get_tensor_details()}

# Which tensors an operator reads stands in its description, in order: input, kernel, bias.
for operator in trial._get_ops_details():
    if operator["op_name"] not in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"):
        continue
    source, kernel, bias = (details[index] for index in operator["inputs"][:3])
    wanted = source["quantization"][0] * kernel["quantization_parameters"]["scales"]
    written = bias["quantization_parameters"]["scales"]
    values = trial.get_tensor(bias["index"]) * written
    print(
        operator["op_name"],
        "Z_x", source["quantization"][1],
        "bias scale / s_x s_w", np.unique(np.round(written / wanted, 3)),
        "typical bias", float(np.sqrt((values**2).mean())),
    )
