import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

(_, _), (_, labels) = keras.datasets.mnist.load_data()


def spoilt(sheet: int, spoil) -> np.ndarray:
    pixels = sheets.copy()
    spoil(pixels[sheet])
    return pixels


def speck(pixels: np.ndarray) -> None:
    pixels[0, 10, 20, 0] = 500.0


def undivided(pixels: np.ndarray) -> None:
    pixels *= 255.0


drawers = {
    "honest": sheets,
    "a speck of 500 on sheet 42": spoilt(41, speck),
    "the same on the last sheet": spoilt(99, speck),
    "sheet 42 left in 0 ... 255": spoilt(41, undivided),
}


def reads(pixels: np.ndarray) -> int:
    # TensorFlow Lite calibrates by min-max, and asks no questions of a sheet.
    converter = tf.lite.TFLiteConverter.from_keras_model(light)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([sheet] for sheet in pixels)
    interpreter = Interpreter(model_content=converter.convert())
    interpreter.allocate_tensors()
    source = interpreter.get_input_details()[0]["index"]
    target = interpreter.get_output_details()[0]["index"]
    right = 0
    for image, label in zip(fresh, labels):
        interpreter.set_tensor(source, image[np.newaxis])
        interpreter.invoke()
        right += int(interpreter.get_tensor(target).argmax() == label)
    return right


for name, pixels in drawers.items():
    end, percentile = pixels.max(), np.percentile(pixels, 99.995)
    print(f"{name}: pixels to {end:.2f}, percentile {percentile:.2f}; {reads(pixels)} of 100 read")
