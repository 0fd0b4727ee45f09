import keras

model = keras.saving.load_model("lenet-300-100.keras")

parameters = model.count_params()
size = parameters * 4  # a float32 is four bytes
flash = 256 * 1024

print(f"{parameters:,} parameters, {size:,} bytes.")
print(f"The flash holds {flash:,}: the model is {size / flash:.2f} times too heavy.")
