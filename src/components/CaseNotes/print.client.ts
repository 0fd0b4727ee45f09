/** The button that prints the page; without a script it is not there. */
const button = document.querySelector<HTMLButtonElement>('[data-print]');
button?.removeAttribute('hidden');
button?.addEventListener('click', () => {
  window.print();
});
