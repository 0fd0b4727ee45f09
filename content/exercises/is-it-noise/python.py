import math

import tensorflow as tf


def two_sided(lost: int, gained: int) -> float:
    total = lost + gained
    tail = sum(math.comb(total, i) for i in range(min(lost, gained) + 1))
    return min(1.0, 2 * tail / 2**total)  # whole numbers of any size: nothing is too large for Python


def is_it_noise(labels: tf.Tensor, before: tf.Tensor, candidates: dict[str, tf.Tensor], level: float) -> list[dict]:
    findings = []
    for name, answers in candidates.items():
        old, now = before == labels, answers == labels
        lost = int(tf.reduce_sum(tf.cast(old & ~now, tf.int32)))
        gained = int(tf.reduce_sum(tf.cast(now & ~old, tf.int32)))
        p = two_sided(lost, gained)
        verdict = "noise" if p > level / len(candidates) else "better" if gained > lost else "worse"
        findings.append({"name": name, "lost": lost, "gained": gained, "p": p, "verdict": verdict})
    return findings


right, wrong = tf.constant([1] * 10), tf.constant([0] * 10)
print(is_it_noise(right, wrong, {"six": tf.constant([1] * 6 + [0] * 4)}, 0.05))
