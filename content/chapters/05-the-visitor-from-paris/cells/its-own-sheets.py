for count in [20, 50, 100, 500, 2000]:
    own, _ = readings(sheets, 0, count)
    w = gptq(kernel, own, bits=3)
    print(count, [sqnr(x @ kernel + bias, x @ w + bias) for x in (own, tested)])
