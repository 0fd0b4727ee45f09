def read_words(stream):
    symbol_of, found, word = {word: symbol for symbol, word in words.items()}, [], ""
    for bit in stream:
        word += bit
        if word in symbol_of:
            found.append(symbol_of[word])
            word = ""
    return found


symbols = shared(kept).tolist()
stream = "".join(words[symbol] for symbol in symbols)
assert read_words(stream) == symbols
for place in (0, 100, 200, 300, 400):
    turned = stream[:place] + ("1" if stream[place] == "0" else "0") + stream[place + 1 :]
    wrong = read_words(turned)
    print(place, len(wrong), sum(a != b for a, b in zip(wrong, symbols)))
