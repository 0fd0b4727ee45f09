layers = ["dense_1", "dense_2", "logits"]
for layer in layers:
    print(len(layer))  # 7 / 7 / 6
for i, layer in enumerate(layers):
    if i == 1:
        print(i, layer)  # 1 dense_2
total = 0
for i in range(0, 10, 3):
    total += i
print(total)  # 18
bits = 8
while bits > 4:
    bits -= 1
print(bits)  # 4
