import numpy as np
import tensorflow as tf


def size_ledger(codes: np.ndarray) -> dict[str, float]:
    n = codes.size
    values, _, counts = tf.unique_with_counts(codes.ravel())
    k = int(tf.size(values))
    bits = 1
    while codes.min() < -(2 ** (bits - 1)) or codes.max() > 2 ** (bits - 1) - 1:
        bits += 1
    share = counts.numpy() / n
    return {
        "raw": n,
        "packed": -(-n * bits // 8),
        "masked": -(-n // 8) + int(np.count_nonzero(codes)),
        "listed": k + -(-n * int(np.ceil(np.log2(k))) // 8),
        "entropy": float(-n * np.sum(share * np.log2(share)) / 8),
    }


def bytes_in_flash(ledger: dict[str, float], reads: list[str]) -> int:
    if not set(reads) <= {"packed", "masked", "listed"}:
        raise ValueError(f"reads names packed, masked and listed; {reads} came")
    return min(ledger[way] for way in ["raw", *reads])


codes = np.array([0, 0, 3, 0, -2, 0, 0, 0], dtype=np.int8)
ledger = size_ledger(codes)
print(ledger)
print(bytes_in_flash(ledger, []), bytes_in_flash(ledger, ["listed"]))
