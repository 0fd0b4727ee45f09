from array import array

weights = array("f", [0.1, -0.5, 2])
print(len(weights))  # 3
print(weights[0] == 0.1)  # False
print(weights[1] * 2)  # -1.0
q = array("b", [0] * 3)
q[0] = int(127.9)
q[1] = (200 + 128) % 256 - 128  # 200 alone is an error
print(*q)  # 127 -56 0
half = memoryview(weights)[0:2]
half[1] = 7
print(weights[1])  # 7.0
print([code / 2 for code in q])  # [63.5, -28.0, 0.0]
