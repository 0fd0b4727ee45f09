import math


def to_codes(weights: list[float], scale: float) -> list[int]:
    if not scale > 0:
        raise ValueError(f"scale must be above 0; it is {scale}.")
    codes = []
    for weight in weights:
        steps = weight / scale
        rounded = math.copysign(math.floor(abs(steps) + 0.5), steps)
        codes.append(int(min(max(rounded, -127), 127)))
    return codes


print(*to_codes([0.5, -0.25, 99], 0.1))  # 5 -3 127
