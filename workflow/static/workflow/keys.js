// Keys for people who work here all day. Every page does without this file.
(() => {
  const INTERACTIVE = 'a, button, input, select, textarea, label, summary, [contenteditable]';
  const typing = (element) => {
    const field = element.closest('input, select, textarea, [contenteditable]');
    return field && field.type !== 'checkbox';
  };

  const rows = () => [...document.querySelectorAll('[data-row]')].filter((row) => row.querySelector('a'));

  // One step is one row, whatever links a row has.
  const move = (step) => {
    const all = rows();
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
    if (next) next.querySelector('a').focus();
  };

  document.addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-row]');
    const link = row && row.querySelector('a');
    if (!link || event.target.closest(INTERACTIVE) || String(getSelection())) return;
    if (row.closest('form[method="post"]') || event.target.closest('.tq-pick')) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href);
    else link.click();
  });

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
