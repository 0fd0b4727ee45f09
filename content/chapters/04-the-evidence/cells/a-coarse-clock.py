import time

import numpy as np

# Python says how fine its clock is; a page has to find out.
print(time.get_clock_info("perf_counter"))

left, right = np.full(500, 0.5, np.float32), np.full(500, 2.0, np.float32)
for together in [1, 10, 100, 1000, 10_000, 100_000]:
    start = time.perf_counter()
    for _ in range(together):
        left @ right
    taken = time.perf_counter() - start
    print(f"{together:7} together: {1e6 * taken / together:.3f} µs each")
