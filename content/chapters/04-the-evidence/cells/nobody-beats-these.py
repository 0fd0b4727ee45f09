def beats(a, b):
    """At least as good as b in everything, and better in something."""
    ours, theirs = costs(a), costs(b)
    return ours != theirs and all(x <= y for x, y in zip(ours, theirs))


def costs(way):
    return way["bytes"], way["macs"], -way["read"]


# One dictionary for every network and width that was tried.
tried = [
    {"name": "heavy", "bytes": 400_000, "macs": 2_000_000, "read": 497},
    {"name": "light", "bytes": 15_000, "macs": 500_000, "read": 495},
    {"name": "spoilt", "bytes": 15_000, "macs": 500_000, "read": 480},
]
front = [a for a in tried if not any(beats(b, a) for b in tried)]
print([way["name"] for way in front])
