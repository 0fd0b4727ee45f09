from ai_edge_litert.interpreter import Interpreter

_, (images, labels) = keras.datasets.mnist.load_data()
images = images[:100, ..., np.newaxis].astype("float32") / 255.0
labels = labels[:100]


def readings(file):
    interpreter = Interpreter(model_content=file)
    interpreter.allocate_tensors()
    given = interpreter.get_input_details()[0]["index"]
    found = interpreter.get_output_details()[0]["index"]
    answers = []
    for image in images:
        interpreter.set_tensor(given, image[np.newaxis])
        interpreter.invoke()
        answers.append(int(interpreter.get_tensor(found).argmax()))
    return np.array(answers)


in_float = readings(files["float32"])
for mode, file in files.items():
    answers = readings(file)
    print(mode, int((answers == labels).sum()), "correct,", int((answers != in_float).sum()), "unlike the float")
