flash = 256 * 1024
bits_for = {"dense_1": 8, "dense_2": 8, "logits": 8}

total = 0
for layer, bits in bits_for.items():
    kernel, bias = model.get_layer(layer).get_weights()
    scale_bytes = 4  # one float32 a layer
    total += -(-kernel.size * bits // 8) + bias.size * 4 + scale_bytes

print(f"{total:,} bytes; the flash holds {flash:,}.")
print("It fits." if total <= flash else f"It is {total - flash:,} bytes too many.")
