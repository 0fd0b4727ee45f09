from ai_edge_litert.interpreter import Interpreter

light = keras.saving.load_model("depthwise-net.keras")
trial = Interpreter(model_path="trial.tflite")  # a file of your own: the trial file of this book is made in the page
trial.allocate_tensors()
details = trial.get_tensor_details()

for layer in ["conv_1", "conv_2_pointwise", "conv_3_pointwise", "conv_4_pointwise"]:
    trained = light.get_layer(layer).get_weights()[0]
    mask, threshold = magnitude_mask(trained, 0.2)
    sizes, kept = (np.transpose(values, (3, 0, 1, 2)) for values in (np.abs(trained), mask))
    [index] = [d["index"] for d in details if tuple(d["shape"]) == sizes.shape and d["dtype"] == np.int8]
    zero = trial.get_tensor(index) == 0
    print(layer, int(zero.sum()), "zeros in the file;", int((kept == 0).sum()), "in the smallest fifth,")
    print("  of which zero", int((zero & (kept == 0)).sum()), "and zero though larger", int((zero & (kept == 1)).sum()))
    print("  the fifth ends at", threshold, "and the largest that is zero is", float(sizes[zero].max()))
