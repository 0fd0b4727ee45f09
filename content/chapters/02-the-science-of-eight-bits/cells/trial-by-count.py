import numpy as np
from ai_edge_litert.interpreter import Interpreter

light = keras.saving.load_model("depthwise-net.keras")
_, (images, labels) = keras.datasets.mnist.load_data()
images, labels = images[:200].reshape(200, 28, 28, 1).astype("float32") / 255.0, labels[:200]

# A .tflite file of your own: the trial file of this book is made in the page.
trial = Interpreter(model_path="trial.tflite")
trial.allocate_tensors()
source, target = trial.get_input_details()[0]["index"], trial.get_output_details()[0]["index"]


def reads(image: np.ndarray) -> int:
    trial.set_tensor(source, image[np.newaxis])
    trial.invoke()
    return int(trial.get_tensor(target).argmax())


in_float = light.predict(images, verbose=0).argmax(axis=1)
in_eight = np.array([reads(image) for image in images])
print("the light reader", int((in_float == labels).sum()), "of 200")
print("the trial file", int((in_eight == labels).sum()), "of 200")
print("they differ on", int((in_float != in_eight).sum()))
