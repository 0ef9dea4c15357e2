// A panel folded once stays folded on this machine, on every record. The page does without this file.
(() => {
  const key = (panel) => `tiequan.folded.${panel.dataset.fold}`;

  for (const panel of document.querySelectorAll('details[data-fold]')) {
    try {
      if (localStorage.getItem(key(panel))) panel.open = false;
      panel.addEventListener('toggle', () => {
        if (panel.open) localStorage.removeItem(key(panel));
        else localStorage.setItem(key(panel), '1');
      });
    } catch {
      return; // a browser that keeps nothing shows every panel open
    }
  }
})();
