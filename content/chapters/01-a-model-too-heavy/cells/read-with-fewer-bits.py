(_, _), (images, labels) = keras.datasets.mnist.load_data()
images = images[:1000].reshape(1000, 784).astype("float32") / 255.0
labels = labels[:1000]

original = model.get_weights()
for bits in [8, 6, 5, 4, 3, 2]:
    # Kernels are matrices; the biases, which are vectors, are left alone.
    model.set_weights([rounded_to(bits, tf.constant(w)).numpy() if w.ndim == 2 else w for w in original])
    readings = model.predict(images, verbose=0).argmax(axis=1)
    print(bits, "bits:", int((readings == labels).sum()), "of", len(labels))
model.set_weights(original)
