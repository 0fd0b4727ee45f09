import math, struct

print(7 / 2, -7 / 2)  # 3.5 -3.5
print(-7 // 2, int(-7 / 2))  # -4 -3
print(math.fmod(-7, 4))  # -3.0
print(-7 % 4)  # 1
print(2**10, abs(-3), math.sqrt(9))  # 1024 3 3.0
print(round(2.5), round(-2.5))  # 2 -2
print(struct.unpack("f", struct.pack("f", 0.1))[0])  # 0.10000000149011612
print(1 << 31)  # 2147483648
print(0.1 + 0.2 == 0.3)  # False
print(f"{1 / 3:.4f}")  # 0.3333
print(f"{0.98125:.1%}")  # 98.1%
