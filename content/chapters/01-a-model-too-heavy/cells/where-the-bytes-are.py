for layer in model.layers:
    if layer.count_params() == 0:
        continue  # softmax has nothing to store
    weights, biases = layer.get_weights()
    size = (weights.size + biases.size) * 4
    share = 100 * layer.count_params() / parameters
    print(f"{layer.name:8} {weights.shape} {biases.size:4} {size:9,} bytes {share:5.1f} %")
