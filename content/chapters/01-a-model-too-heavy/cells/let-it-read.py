import numpy as np

(_, _), (images, labels) = keras.datasets.mnist.load_data()
images = images[:1000].reshape(1000, 784).astype("float32") / 255.0
labels = labels[:1000]

readings = np.argmax(model.predict(images, verbose=0), axis=1)
misread = np.flatnonzero(readings != labels)

print(f"{1000 - len(misread)} of 1000 read correctly.")
for i in misread[:3]:
    print(f"Image {i}: written as {labels[i]}, read as {readings[i]}")
