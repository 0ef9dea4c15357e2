// Large text only: the browser's own voice reads the page. Nothing is sent anywhere.
(() => {
  const button = document.querySelector('.read-aloud');
  const voice = window.speechSynthesis;
  if (!button || !voice) return;

  const read = button.textContent;
  const texts = () => {
    const part = document.querySelector('[data-read]') || document.querySelector('main');
    const pieces = part.querySelectorAll('h1, h2, h3, p, li, dt, dd');
    return [...pieces]
      .filter((piece) => !piece.querySelector('p, li, dt, dd, h3') && piece.offsetParent)
      .map((piece) => piece.innerText.trim())
      .filter(Boolean);
  };
  const stop = () => {
    voice.cancel();
    button.textContent = read;
    button.setAttribute('aria-pressed', 'false');
  };
  const start = () => {
    button.textContent = button.dataset.stop;
    button.setAttribute('aria-pressed', 'true');
    const pieces = texts();
    pieces.forEach((text, number) => {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = 'zh-CN';
      said.rate = 0.9;
      if (number === pieces.length - 1) said.onend = stop;
      voice.speak(said);
    });
  };

  button.hidden = false;
  button.setAttribute('aria-pressed', 'false');
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-pressed') === 'true') stop();
    else start();
  });
  window.addEventListener('pagehide', stop);
})();
