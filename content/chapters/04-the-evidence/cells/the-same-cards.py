import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

(train, _), _ = keras.datasets.mnist.load_data()
sheets = train[:100, ..., np.newaxis].astype("float32") / 255.0

converter = tf.lite.TFLiteConverter.from_keras_model(heavy)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([sheet[np.newaxis]] for sheet in sheets)
converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
in_eight = Interpreter(model_content=converter.convert())
in_eight.allocate_tensors()


def readings_of(interpreter: Interpreter, images: np.ndarray) -> np.ndarray:
    given, found = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]
    readings = []
    for image in images:
        interpreter.set_tensor(given, image[np.newaxis])
        interpreter.invoke()
        readings.append(int(interpreter.get_tensor(found).argmax()))
    return np.array(readings)


def compare(name: str, first: np.ndarray, second: np.ndarray, answers: np.ndarray) -> None:
    lost = int(((first == answers) & (second != answers)).sum())
    gained = int(((first != answers) & (second == answers)).sum())
    p = binomtest(gained, lost + gained).pvalue if lost + gained else 1.0
    print(f"{name}: {int((second == answers).sum())} read, {lost} lost, {gained} gained, p = {p:.4f}")


light = keras.saving.load_model("depthwise-net.keras")
compare("the heavy model in int8", in_float, readings_of(in_eight, cards), written)
compare("the light reader in float", in_float, light.predict(cards, verbose=0).argmax(axis=1), written)
