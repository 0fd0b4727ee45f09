import tensorflow as tf


def power(values) -> float:
    return float(tf.reduce_sum(tf.square(tf.constant(values, tf.float64))))


def accuse(layers: list[dict], darkest: list[float]) -> dict | None:
    reach = 255 * layers[0]["input"]["scale"]
    if reach > 2:
        away = tf.abs(tf.constant(darkest, tf.float64) - reach)
        return {"sabotage": "poisoned-sample", "specimen": int(tf.argmin(away))}

    harmed = [layer for layer in layers if layer["weightsDb"] < 20]
    for layer in harmed:
        if layer["scales"] < layer["scalesDue"]:
            return {"sabotage": "depthwise-per-tensor", "layer": layer["name"]}
    for layer in harmed:
        if layer["struckOut"] > 0.05:
            return {"sabotage": "stale-mask", "layer": layer["name"]}
    if harmed:
        return {"sabotage": "swapped-axis", "layer": harmed[0]["name"]}

    for layer in layers:
        rule, channels = layer["input"], layer["channels"]
        if power([c["got"] - c["wanted"] for c in channels]) <= 0.1 * power([c["wanted"] for c in channels]):
            continue
        scale = power([c["got"] - rule["scale"] * c["wanted"] for c in channels])
        shift = rule["scale"] * rule["zeroPoint"]
        zero = power([c["got"] - c["wanted"] - shift * c["scale"] * c["codeSum"] for c in channels])
        return {"sabotage": "bias-scale" if scale < zero else "zero-point-dropped", "layer": layer["name"]}
    return None


conv = {
    "name": "conv",
    "weightsDb": 41,
    "scales": 8,
    "scalesDue": 8,
    "struckOut": 0,
    "input": {"scale": 1.8, "zeroPoint": -128},
    "channels": [{"wanted": 0.5, "got": 0.5, "scale": 0.01, "codeSum": 30}],
}
print(accuse([conv], [1, 459, 0.9]))
