/** A formula that is wider than its column scrolls: then, and only then, the keyboard can reach it. */
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const wide = target.scrollWidth > target.clientWidth;
    for (const [name, value] of [
      ['tabindex', '0'],
      ['role', 'group'],
      ['aria-label', 'Formula'],
    ] as const) {
      if (wide) target.setAttribute(name, value);
      else target.removeAttribute(name);
    }
  }
});
for (const formula of document.querySelectorAll('.katex-display')) watch.observe(formula);

export {};
