from ai_edge_litert.interpreter import Interpreter

trial = Interpreter(model_path="trial.tflite")  # a file of your own
trial.allocate_tensors()

for details in trial.get_tensor_details():
    rule = details["quantization_parameters"]
    scales, axis = rule["scales"], rule["quantized_dimension"]
    if details["dtype"] != np.int8 or len(details["shape"]) < 2 or len(scales) == 0:
        continue
    codes = trial.get_tensor(details["index"]).astype(float)
    shape = [1] * codes.ndim
    shape[axis] = -1
    scale = scales.reshape(shape) if len(scales) > 1 else scales[0]
    off = np.abs(codes - float_kernel(details["name"]) / scale)  # in the order of the file
    zero = (codes == 0) & (off >= 0.51)
    other = (off >= 0.51) & (off < 1) & ~zero
    print(details["name"], "nearest", int((off < 0.51).sum()), "the other way", int(other.sum()))
