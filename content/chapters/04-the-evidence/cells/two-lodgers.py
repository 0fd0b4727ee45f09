light = keras.saving.load_model("depthwise-net.keras")

# Of a network that is one chain, each step holds what it reads and what it
# writes. The converter folds batch norms and fuses activations, so only the
# layers that are left are counted.
kinds = (
    keras.layers.Conv2D,
    keras.layers.DepthwiseConv2D,
    keras.layers.Dense,
)
left = [
    layer
    for layer in light.layers
    if isinstance(layer, kinds) or "pool" in layer.name
]
sizes = [28 * 28] + [int(np.prod(layer.output.shape[1:])) for layer in left]
rounded_up = [16 * -(-size // 16) for size in sizes]
print("room for each:", sum(sizes), "bytes in int8")
pairs = zip(rounded_up, rounded_up[1:])
print("the fullest step:", max(a + b for a, b in pairs))
