# What the druggist's card says.
card = {"dense_1": 0.003569, "dense_2": 0.001934, "logits": 0.004012}

for name, written in card.items():
    engine = float(np.max(np.abs(model.get_layer(name).get_weights()[0])) / 127)
    print(f"{name:8} card {written}  engine {engine:.4g}  engine / card {engine / written:.3f}")
