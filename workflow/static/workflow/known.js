// Shows known parties and leads while a new one is typed. Without this file the page asks on submit.
(() => {
  const form = document.querySelector('form[data-known-url]');
  const box = form && form.querySelector('[data-known]');
  if (!box || !window.fetch) return;
  const named = form.dataset.knownFields.split(' ');
  const pause = 400; // milliseconds without a key before the server is asked
  let timer;
  let last = '';
  let asked = 0;

  const typed = () => {
    const about = new URLSearchParams();
    for (const name of named) {
      const field = form.elements[name];
      if (field && field.value.trim()) about.set(name, field.value.trim());
    }
    return about;
  };

  const look = async () => {
    const about = typed();
    const said = about.toString();
    if (said === last) return;
    last = said;
    asked += 1;
    const mine = asked;
    const chosen = box.querySelector('input[name="party"]:checked');
    if (chosen) about.set('party', chosen.value);
    try {
      const answer = await fetch(form.dataset.knownUrl, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value },
        body: about,
      });
      if (!answer.ok || answer.redirected) return; // the check on submit says what is wrong
      const found = await answer.text();
      // A later question is on its way, or somebody is choosing: the list stays as it is read.
      if (mine === asked && !box.contains(document.activeElement)) box.innerHTML = found;
    } catch {
      last = ''; // no connection: ask again with the next key
    }
  };

  form.addEventListener('input', (event) => {
    if (!named.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  });
})();
