import numpy as np


def decode_words(lengths, stream, count):
    order = sorted((length, symbol) for symbol, length in enumerate(lengths) if length > 0)
    symbol_of, code, before = {}, 0, 0
    for length, symbol in order:
        code <<= length - before
        symbol_of[format(code, f"0{length}b")] = symbol
        code, before = code + 1, length

    found, word = [], ""
    for bit in np.unpackbits(np.frombuffer(stream, dtype=np.uint8)):  # the highest bit first
        if len(found) == count:
            break
        word += str(bit)
        if word in symbol_of:
            found.append(symbol_of[word])
            word = ""
    if len(found) < count:
        raise ValueError("bytes are at an end too soon")
    return found


print(decode_words([2, 1, 0, 3, 3], bytes([92, 192]), 6))
