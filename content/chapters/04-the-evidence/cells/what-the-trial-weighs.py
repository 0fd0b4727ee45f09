# A file of your own: the trial file of this book is made in the page.
with open("trial.tflite", "rb") as trial:
    trial_file = trial.read()

full = ["conv_1"] + [f"conv_{i}_pointwise" for i in (2, 3, 4)]
for name in full:
    layer = light.get_layer(name)
    kernel, *others = layer.get_weights()
    layer.set_weights([pruned(kernel, 0.2), *others])
both = {"an honest file": in_integers(light), "the trial file": trial_file}
for name, written in both.items():
    print(name, len(written), "bytes, zipped", len(gzip.compress(written, 6)))
    print("  numbers, scales, the rest:", *take_apart(written))
