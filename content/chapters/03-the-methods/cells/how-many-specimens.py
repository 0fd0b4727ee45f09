(_, train_labels), _ = keras.datasets.mnist.load_data()
sets = {
    "one sheet": sheets[:1],
    "ten sheets": sheets[:10],
    "a hundred": sheets[:100],
    "a thousand": sheets,
    "a hundred, all ones": sheets[train_labels[:1000] == 1][:100],
    "a hundred, left at 0…255": sheets[:100] * 255.0,
}
for name, specimens in sets.items():
    answers = readings(in_int8(heavy, specimens))
    print(f"{name:26} {int((answers == labels).sum())} of {len(labels)}")
