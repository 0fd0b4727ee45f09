params = {"scale": 0.02, "zero_point": -128}
scale, z = params["scale"], params["zero_point"]
print(scale, z)  # 0.02 -128
print({**params, "scale": 0.5})  # {'scale': 0.5, 'zero_point': -128}
print(list(params))  # ['scale', 'zero_point']
print("scale" in params)  # True

counts = {}
for code in [3, 1, 3]:
    counts[code] = counts.get(code, 0) + 1
print(counts[3], len(counts))  # 2 2

from dataclasses import dataclass


@dataclass
class Layer:
    name: str
    bytes: int | None = None


layer = Layer(name="logits")
print(layer.bytes)  # None
