import keras
import numpy as np
import tensorflow as tf
from scipy.stats import binomtest

heavy = keras.saving.load_model("lenet-5.keras")
light = keras.saving.load_model("depthwise-net.keras")
_, (images, labels) = keras.datasets.mnist.load_data()
images = images[..., np.newaxis].astype("float32") / 255.0

first = heavy.predict(images, verbose=0).argmax(axis=1)
second = light.predict(images, verbose=0).argmax(axis=1)

# A proportion of a sample: its interval. The default method is another, "exact", and a little wider.
correct = int((first == labels).sum())
print(binomtest(correct, len(labels)).proportion_ci(confidence_level=0.95, method="wilson"))

# Two readers of the same cards: the answers on which one alone is right.
lost = int(((first == labels) & (second != labels)).sum())
gained = int(((first != labels) & (second == labels)).sum())
print(lost, gained, binomtest(gained, lost + gained, p=0.5).pvalue)

# Rows are what was written, columns what was read.
print(tf.math.confusion_matrix(labels, second, num_classes=10).numpy())
