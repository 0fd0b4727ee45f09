from ai_edge_litert.interpreter import Interpreter

# Two .tflite files of your own: the network converted plainly, which folds its batch norms, and in eight bits.
# The trial file of this book is made in the page.
light = keras.saving.load_model("depthwise-net.keras")
plain, trial = (Interpreter(model_path=path) for path in ("float.tflite", "int8.tflite"))


def filed(shape: tuple[int, ...], name: str) -> tuple[int, ...]:
    """The shape of a kernel as a .tflite file keeps it."""
    if name.startswith("depthwise"):
        return (1, shape[0], shape[1], shape[2])
    return (shape[3], *shape[:3]) if len(shape) == 4 else shape[::-1]


def kernel(interpreter: Interpreter, shape: tuple[int, ...]) -> np.ndarray:
    """The constant of that shape, as the numbers it stands for."""
    [detail] = [d for d in interpreter.get_tensor_details() if tuple(d["shape"]) == shape]
    values = interpreter.get_tensor(detail["index"]).astype("float32")
    scales = detail["quantization_parameters"]["scales"]
    if scales.size == 0:
        return values
    axis = detail["quantization_parameters"]["quantized_dimension"]
    return values * (scales if scales.size == 1 else np.moveaxis(scales.reshape(-1, *[1] * (values.ndim - 1)), 0, axis))


for interpreter in (plain, trial):
    interpreter.allocate_tensors()
for layer in light.layers:
    if layer.name.startswith(("conv", "depthwise", "logits")):
        shape = filed(tuple(layer.get_weights()[0].shape), layer.name)
        print(layer.name, sqnr(tf.constant(kernel(plain, shape)), tf.constant(kernel(trial, shape))))
