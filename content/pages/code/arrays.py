units = [784, 300, 100]
units.append(10)
print(len(units))  # 4
print(units[0], units[-1])  # 784 10
print(units[1:3])  # [300, 100]
print([n / 2 for n in units])  # [392.0, 150.0, 50.0, 5.0]
print([n for n in units if n > 99])  # [784, 300, 100]
print(sum(units))  # 1194
print(300 in units)  # True
print([*units, 1])  # [784, 300, 100, 10, 1]
print([i * i for i in range(4)])  # [0, 1, 4, 9]
