/** Says one sentence to assistive tools and shows it for a moment in a corner of the page. */
let region: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export const announce = (sentence: string): void => {
  if (region === undefined) {
    region = document.createElement('div');
    region.className = 'hw-announce';
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  const shown = region;
  shown.textContent = sentence;
  clearTimeout(timer);
  timer = setTimeout(() => {
    shown.textContent = '';
  }, 6000);
};
