import numpy as np
from ai_edge_litert.interpreter import Interpreter

# Two things that hold in every honest int8 file, whatever network is in it.
interpreter = Interpreter(model_path="trial.tflite", experimental_preserve_all_tensors=True)
interpreter.allocate_tensors()
details = {t["index"]: t for t in interpreter.get_tensor_details()}

for op in interpreter._get_ops_details():
    if op["op_name"] not in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"):
        continue
    read, kernel, bias = (details[i] for i in op["inputs"][:3])
    rule = kernel["quantization_parameters"]
    axis, scales = rule["quantized_dimension"], rule["scales"]
    codes = np.abs(interpreter.get_tensor(kernel["index"]).astype(int))

    # Every scale takes one weight of its channel to the end of the rule.
    axes = tuple(a for a in range(codes.ndim) if a != axis) if len(scales) > 1 else None
    full = np.atleast_1d(codes.max(axis=axes)) == 127

    # A bias is in units of s_x times s_w.
    product = read["quantization_parameters"]["scales"][0] * scales
    agrees = np.allclose(bias["quantization_parameters"]["scales"], product, rtol=1e-4)
    print(f"{kernel['name']:40} {full.sum()} of {len(scales)} scales are full; bias scale agrees: {agrees}")
