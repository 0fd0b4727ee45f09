import keras
import numpy as np

model = keras.saving.load_model("lenet-300-100.keras")
weights = model.get_layer("logits").get_weights()[0]

largest = np.max(np.abs(weights))
scale = largest / 127
weight = weights[0, 0]
notches = weight / scale  # how far from zero, in notches
nearest = np.sign(notches) * np.floor(np.abs(notches) + 0.5)  # halves away from zero
code = int(np.clip(nearest, -127, 127))
restored = code * scale

print(f"largest size {largest:.4f}, so one notch is {scale:.6f}")
print(f"{weight:.6f} is {notches:.3f} notches from zero: code {code}")
print(f"code {code} stands for {restored:.6f}")
print(f"error {abs(weight - restored):.2e}, half a notch {scale / 2:.2e}")
