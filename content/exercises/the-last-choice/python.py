import math

import tensorflow as tf

AMOUNTS = ["nothing", "specimens", "labels"]


def lower_end(correct: int, tested: int) -> float:
    z, p = 1.959964, correct / tested
    spread = z * math.sqrt(p * (1 - p) / tested + z * z / (4 * tested * tested))
    return (p + z * z / (2 * tested) - spread) / (1 + z * z / tested)


def what_to_try(ways: list[dict], project: dict) -> dict:
    tried = sorted(
        (
            way
            for way in ways
            if AMOUNTS.index(way["needs"]) <= AMOUNTS.index(project["has"])
            and not (way["floats"] and project["integersOnly"])
            and way["flash"] <= project["flash"]
            and way["ram"] <= project["ram"]
        ),
        key=lambda way: (way["trouble"], way["flash"]),
    )
    contract = project["contract"]
    safe = [way["name"] for way in tried if lower_end(way["correct"], way["tested"]) >= contract]
    reads = [way["name"] for way in tried if way["correct"] / way["tested"] >= contract]
    return {
        "choice": safe[0] if safe else None,
        "order": [way["name"] for way in tried],
        "wanting": [name for name in reads if name not in safe],
    }


# What is measured of a way comes from its file: len(converter.convert()), and the answers of an Interpreter.
model = tf.keras.Sequential([tf.keras.Input((784,)), tf.keras.layers.Dense(10)])
file = tf.lite.TFLiteConverter.from_keras_model(model).convert()
way = {"name": "float32", "trouble": 0, "needs": "nothing", "floats": True, "flash": len(file), "ram": 3176}
project = {"has": "nothing", "integersOnly": False, "flash": 262144, "ram": 65536, "contract": 0.9}
print(what_to_try([way | {"correct": 9200, "tested": 10000}], project))
