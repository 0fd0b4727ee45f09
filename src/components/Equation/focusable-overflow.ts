/** A formula that is wider than its column scrolls: then, and only then, the keyboard can reach it. */
const names = { tabindex: '0', role: 'group', 'aria-label': 'Formula' };

const watch = new ResizeObserver((entries) => {
  // All are measured before any is changed, or each would have the page laid out anew.
  const measured = entries.map(({ target }) => ({
    target,
    wide: target.scrollWidth > target.clientWidth,
  }));
  for (const { target, wide } of measured) {
    for (const [name, value] of Object.entries(names)) {
      if (wide) target.setAttribute(name, value);
      else target.removeAttribute(name);
    }
  }
});
for (const formula of document.querySelectorAll('.katex-display')) watch.observe(formula);

export {};
