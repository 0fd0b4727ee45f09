import math


def require_numbers(candidate):
    numbers = [candidate["bytes"], candidate["macs"], candidate["read"]]
    if not all(math.isfinite(value) and value >= 0 for value in numbers):
        raise ValueError(f"{candidate['name']} has a number that is not finite or is below 0.")


def beats(a, b):
    no_worse = a["bytes"] <= b["bytes"] and a["macs"] <= b["macs"] and a["read"] >= b["read"]
    better = a["bytes"] < b["bytes"] or a["macs"] < b["macs"] or a["read"] > b["read"]
    return no_worse and better


def pareto_front(candidates):
    for candidate in candidates:
        require_numbers(candidate)
    return [a["name"] for a in candidates if not any(beats(b, a) for b in candidates)]


def choose(candidates, budget):
    for candidate in candidates:
        require_numbers(candidate)
    affordable = [c for c in candidates if c["bytes"] <= budget["bytes"] and c["macs"] <= budget["macs"]]
    best = min(affordable, key=lambda c: (-c["read"], c["bytes"], c["macs"]), default=None)
    return best and best["name"]


heavy = {"name": "heavy", "bytes": 430, "macs": 2300, "read": 99}
light = {"name": "light", "bytes": 15, "macs": 500, "read": 98}
spoilt = {"name": "spoilt", "bytes": 15, "macs": 500, "read": 90}
print(pareto_front([heavy, light, spoilt]), choose([heavy, light, spoilt], {"bytes": 256, "macs": 1000}))
