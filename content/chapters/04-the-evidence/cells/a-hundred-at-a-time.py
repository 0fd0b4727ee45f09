import keras
import numpy as np
from scipy.stats import binomtest

heavy = keras.saving.load_model("lenet-5.keras")
_, (cards, written) = keras.datasets.mnist.load_data()
cards = cards[:2000, ..., np.newaxis].astype("float32") / 255.0
written = written[:2000]

in_float = heavy.predict(cards, verbose=0).argmax(axis=1)
right = in_float == written

read, hundreds = np.unique(right.reshape(20, 100).sum(axis=1), return_counts=True)
print(dict(zip(read.tolist(), hundreds.tolist())))

for asked in [100, 1000, 2000]:
    count = int(right[:asked].sum())
    low, high = binomtest(count, asked).proportion_ci(confidence_level=0.95, method="wilson")
    print(f"{count} of {asked}: {100 * low:.2f}% to {100 * high:.2f}%")
