/* Sends a large file in parts and goes on where a broken connection stopped.
   Without scripts, or without a safe context for the digest, the plain form does the same. */
(function () {
  "use strict";
  var self = document.currentScript;
  var input = document.querySelector('input[type="file"][name="upload"]');
  var form = input && input.form;
  if (!form || !window.fetch || !window.crypto || !window.crypto.subtle) return;
  var words = self.dataset;
  var part = Number(words.part);
  var box = document.createElement("div");
  var bar = document.createElement("progress");
  var said = document.createElement("p");
  said.setAttribute("role", "status");
  box.hidden = true;
  box.append(bar, said);
  input.closest("li").append(box);

  function show(text, share) {
    box.hidden = false;
    said.textContent = text;
    if (share === undefined) bar.removeAttribute("value");
    else bar.value = share;
  }
  function pause(seconds) {
    return new Promise(function (done) { setTimeout(done, seconds * 1000); });
  }
  function headers(more) {
    var token = form.elements.csrfmiddlewaretoken.value;
    return Object.assign({ "X-CSRFToken": token, "Accept": "application/json" }, more);
  }
  /* An answer of the server is final; silence, or a server in trouble, is asked again. */
  async function ask(url, options) {
    for (var tries = 0; ; tries += 1) {
      try {
        var answer = await fetch(url, Object.assign({ credentials: "same-origin" }, options));
        if (answer.status < 500) return answer;
      } catch (error) {
        /* the connection is gone: wait and ask again */
      }
      if (tries === 40) throw new Error(words.failed);
      show(words.waiting);
      await pause(Math.min(15, 1 + tries));
    }
  }
  async function read(answer) {
    var type = answer.headers.get("Content-Type") || "";
    var content = type.indexOf("application/json") === 0 ? await answer.json() : {};
    if (!answer.ok && content.code !== "wrong_offset") throw new Error(content.message || words.failed);
    return content;
  }
  async function digest(file) {
    var found = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return Array.from(new Uint8Array(found), function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  }
  async function send(file) {
    show(words.reading);
    var about = new URLSearchParams({ name: file.name, size: file.size, sha256: await digest(file) });
    var state = await read(await ask(words.url, { method: "POST", headers: headers(), body: about }));
    var token = state.token, url = state.url;
    while (state.received < file.size) {
      show(words.sending + " " + Math.floor((100 * state.received) / file.size) + "%", state.received / file.size);
      state = await read(await ask(url, {
        method: "POST",
        headers: headers({ "Content-Type": "application/octet-stream", "Upload-Offset": String(state.received) }),
        body: file.slice(state.received, state.received + part),
      }));
    }
    show(words.sending + " 100%", 1);
    return token;
  }
  form.addEventListener("submit", async function (event) {
    var file = input.files[0];
    if (!file || file.size <= part) return;
    event.preventDefault();
    var buttons = form.querySelectorAll("button[type=submit]");
    buttons.forEach(function (button) { button.disabled = true; });
    try {
      form.elements.token.value = await send(file);
      input.disabled = true;
      form.submit();
    } catch (error) {
      show(error.message || words.failed, 0);
      buttons.forEach(function (button) { button.disabled = false; });
    }
  });
})();
