import keras

model = keras.saving.load_model("lenet-300-100.keras")
model.summary()  # layers, output shapes, parameters, and their size as stored now

for layer in model.layers:
    for variable in layer.weights:
        print(variable.path, variable.shape, variable.dtype)
