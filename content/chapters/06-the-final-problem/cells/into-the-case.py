import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

small = tf.keras.models.load_model("lenet-5-cut.keras")
(images, _), (cards, labels) = tf.keras.datasets.mnist.load_data()
images, cards = (x[..., np.newaxis].astype(np.float32) / 255.0 for x in (images, cards))

converter = tf.lite.TFLiteConverter.from_keras_model(small)
converter.optimizations = [tf.lite.Optimize.DEFAULT]
converter.representative_dataset = lambda: ([digit[np.newaxis]] for digit in images[:100])
file = converter.convert()

reader = Interpreter(model_content=file)
reader.allocate_tensors()
pictures, scores = reader.get_input_details()[0]["index"], reader.get_output_details()[0]["index"]
passed = 0
for card, label in zip(cards, labels):
    reader.set_tensor(pictures, card[np.newaxis])
    reader.invoke()
    passed += int(np.argmax(reader.get_tensor(scores)) == label)
print(f"{passed} of {len(cards)}; {len(file):,} bytes")

if passed >= 9850 and len(file) <= 256 * 1024:
    with open("heavy-model-cut.tflite", "wb") as out:
        out.write(file)
    small.save("heavy-model-cut.h5")  # Keras 3 calls this format legacy; it still writes it
