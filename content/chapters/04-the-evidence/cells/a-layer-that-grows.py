inputs = np.random.default_rng(1).uniform(-1, 1, (8, 16)).astype("float32")
for units in [1, 2, 4, 8, 16, 32, 64]:
    model = keras.Sequential([keras.Input((16,)), keras.layers.Dense(units)])
    in_float = tf.lite.TFLiteConverter.from_keras_model(model).convert()
    in_eight = in_integers(model, inputs)
    print(units, "units:", len(in_float), "bytes, in int8", len(in_eight))
