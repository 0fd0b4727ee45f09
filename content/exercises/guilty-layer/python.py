import tensorflow as tf


def noise(wanted: tf.Tensor, got: tf.Tensor) -> tf.Tensor:
    return tf.math.divide_no_nan(tf.reduce_sum(tf.square(wanted - got)), tf.reduce_sum(tf.square(wanted)))


def guilty_layer(traces: list[dict]) -> tuple[str, float] | None:
    noises = {trace["name"]: float(noise(trace["wanted"], trace["got"])) for trace in traces}
    worst = None
    for trace in traces:
        mean_power = float(tf.reduce_mean(tf.square(trace["wanted"])))
        if mean_power == 0.0:
            continue
        handed = max([0.0] + [noises.get(name, 0.0) for name in trace["reads"]])
        rounding = trace["scale"] ** 2 / 12.0 / mean_power
        ratio = noises[trace["name"]] / (handed + rounding)
        excess = 10.0 * float(tf.math.log(tf.maximum(ratio, 1e-30)) / tf.math.log(10.0))
        if excess > (worst[1] if worst else 3.0):
            worst = trace["name"], excess
    return worst


a = {"name": "a", "reads": ["digit"], "scale": 0.1, "wanted": tf.constant([3.0, 4.0]), "got": tf.constant([3.0, 3.5])}
b = {"name": "b", "reads": ["a"], "scale": 0.1, "wanted": tf.constant([6.0, 8.0]), "got": tf.constant([6.0, 7.0])}
print(guilty_layer([a, b]))
