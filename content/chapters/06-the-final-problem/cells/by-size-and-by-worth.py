import numpy as np
import tensorflow as tf

heavy = tf.keras.models.load_model("original_model.h5")
(images, _), (cards, labels) = tf.keras.datasets.mnist.load_data()
sheets = images[:500, :, :, np.newaxis] / 255.0
cards = cards[:1000, :, :, np.newaxis] / 255.0

probe = tf.keras.Model(heavy.inputs, heavy.get_layer("dense_1").output)
said = probe.predict(sheets)
kernel, bias = heavy.get_layer("dense_1").get_weights()
read, scores = heavy.get_layer("logits").get_weights()
worth = said.std(axis=0) * np.linalg.norm(read, axis=1)
size = np.linalg.norm(kernel, axis=0)

front = tf.keras.Model(heavy.inputs, heavy.get_layer("flatten").output)
features = front.predict(cards)
for name, order in (("by size", size), ("by worth", worth)):
    kept = np.sort(np.argsort(-order)[:275])  # 45% sent home
    hidden = np.maximum(features @ kernel[:, kept] + bias[kept], 0)
    figures = np.argmax(hidden @ read[kept] + scores, axis=1)
    print(name, np.sum(figures == labels[:1000]), "of 1000")
