print(sorted([10, 9, 1], key=str))  # [1, 10, 9]
print(sorted([10, 9, 1]))  # [1, 9, 10]
empty = []
print("" if empty else "an empty list counts as false")  # an empty list counts as false
one = [1, 2]
other = [1, 2]
print(one is other, one == other)  # False True
print([1, 2, 3][7:])  # []
masked = [9 if bit is None else bit for bit in [1, 0, None]]
print(masked)  # [1, 0, 9]
for index, _ in enumerate([7, 7]):
    print(type(index).__name__)  # int / int
fixed = (1, 2)
fixed = (5, *fixed[1:])
print(fixed)  # (5, 2)
