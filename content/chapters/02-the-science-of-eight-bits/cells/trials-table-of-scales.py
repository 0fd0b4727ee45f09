from ai_edge_litert.interpreter import Interpreter

# A .tflite file of your own: the trial file of this book is made in the page.
trial = Interpreter(model_path="trial.tflite")
trial.allocate_tensors()

for details in trial.get_tensor_details():
    quantization = details["quantization_parameters"]
    scales, axis = quantization["scales"], quantization["quantized_dimension"]
    if details["dtype"] != np.int8 or len(details["shape"]) < 2 or len(scales) == 0:
        continue
    codes = trial.get_tensor(details["index"])
    others = tuple(i for i in range(codes.ndim) if i != axis)
    largest = np.abs(codes.astype(int)).max(axis=others if len(scales) > 1 else None)
    print(details["name"], "scales", len(scales), "axis", axis, "reach 127:", int((largest == 127).sum()))
