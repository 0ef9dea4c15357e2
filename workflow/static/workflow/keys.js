// Keys for people who work here all day. Every page does without this file.
(() => {
  const typing = (element) => element.closest('input, select, textarea, [contenteditable]');

  const move = (step) => {
    const links = [...document.querySelectorAll('[data-row] a')];
    const here = links.indexOf(document.activeElement);
    const next = links[Math.min(Math.max(here + step, 0), links.length - 1)];
    if (next) next.focus();
  };

  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
      const button = document.querySelector('[data-key="mod+enter"]');
      if (button) {
        event.preventDefault();
        button.click();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const search = document.querySelector('[data-search]');
    if (event.key === '/' && search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'j') move(1);
    else if (event.key === 'k') move(-1);
  });
})();
