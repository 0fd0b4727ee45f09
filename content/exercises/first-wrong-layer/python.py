import tensorflow as tf


def allowed(places: int | None, count: int) -> float:
    if places is None:
        return 0.0
    promised = count * 2.0 ** -(places + 1)
    return promised + 4.0 * promised**0.5 + 1.0


def first_wrong_layer(traces: list[dict]) -> tuple[str, int, int] | None:
    for trace in traces:
        theirs, alone = (tf.cast(trace[key], tf.int32) for key in ("theirs", "alone"))
        steps = tf.abs(theirs - alone)
        differ = int(tf.reduce_sum(tf.cast(steps > 0, tf.int32)))
        worst = int(tf.reduce_max(steps))
        if worst > 1 or differ > allowed(trace["places"], int(tf.size(steps))):
            return trace["name"], differ, worst
    return None


logits = {"name": "logits", "places": 8, "theirs": tf.constant([17, -8]), "alone": tf.constant([19, -8])}
print(first_wrong_layer([logits]))
