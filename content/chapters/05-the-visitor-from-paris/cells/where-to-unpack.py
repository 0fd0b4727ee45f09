RAM = 64 * 1024
kernel = old.get_layer("dense_1").get_weights()[0]
kept, book = int(0.15 * kernel.size), 4 * 32
forms = {  # bytes in the flash, bytes of RAM to unpack into, who can read it
    "int8": (kernel.size, 0, "any interpreter"),
    "values and gaps": (kept * (5 + 4) // 8 + book, book, "a kernel that follows gaps"),
    "Huffman, unpacked first": (kept * 8 // 8, kernel.size, "any interpreter, afterwards"),
    "Huffman, word by word": (kept * 8 // 8, 2 * book, "a kernel that decodes as it goes"),
}
for form, (lies, ram, reader) in forms.items():
    print(f"{form}: {lies:,} in the flash, {ram:,} to unpack,", ram <= RAM, reader)
