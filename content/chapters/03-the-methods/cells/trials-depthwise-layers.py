from ai_edge_litert.interpreter import Interpreter

# A .tflite file of your own: the trial file of this book is made in the page.
trial = Interpreter(model_path="trial.tflite")
trial.allocate_tensors()

for details in trial.get_tensor_details():
    # A depthwise kernel is [1, height, width, channels], its scales along the last axis.
    name = next((n for n in ("depthwise_2", "depthwise_3", "depthwise_4") if n in details["name"]), None)
    if name is None or details["dtype"] != np.int8 or len(details["shape"]) != 4 or details["shape"][0] != 1:
        continue
    scales = details["quantization_parameters"]["scales"]
    theirs = trial.get_tensor(details["index"])[0].astype(np.float32) * scales
    ours = folded_kernel_of(name)[..., 0]
    noise = np.square(ours - theirs).sum(axis=(0, 1))
    left = 10.0 * np.log10(np.square(ours).sum(axis=(0, 1)) / noise)
    print(f"{name}: {len(scales)} scales, filters from {left.min():.1f} to {left.max():.1f} dB")
