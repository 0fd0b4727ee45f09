import numpy as np


def summarize_latency(durations, calls_per_run, warm_up, clock_step):
    counted = np.asarray(durations[warm_up:], np.float64)
    if len(counted) < 6 or not np.all(np.isfinite(durations)) or np.any(np.asarray(durations) < 0):
        raise ValueError("durations must leave six runs to count, all of them times of at least 0")
    calls = np.sort(counted / calls_per_run)
    n = len(calls)
    ranks = np.rint((n + 1) / 2 + np.array([-1, 1]) * 0.98 * np.sqrt(n)).clip(1, n).astype(int)
    median = np.median(calls)
    low, high = calls[ranks - 1]
    return median, low, high, bool(median * calls_per_run >= 50 * clock_step)


print(summarize_latency([90, 20, 22, 21, 24, 20, 60], calls_per_run=10, warm_up=1, clock_step=0.1))
