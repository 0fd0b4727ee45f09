bits = 8
codes = 1
for _ in range(bits):
    codes *= 2
print(codes)  # 256


def bytes_of(parameters: int, width: int) -> float:
    return parameters * width / 8


print(bytes_of(266610, bits))  # 266610.0
