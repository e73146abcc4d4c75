// Keeps what is written in a form while it is written, where script runs; without it every button of the form does.
(() => {
  const PAUSE_MS = 3000;

  function prepare(form) {
    const status = document.createElement('p');
    status.className = 'govuk-body-s rial-soft';
    status.setAttribute('role', 'status');
    form.appendChild(status);
    let timer;
    let dirty = false;

    // As it would be sent, but for files.
    const written = () => {
      const body = new URLSearchParams();
      new FormData(form).forEach((value, name) => {
        if (typeof value === 'string') body.append(name, value);
      });
      body.set('do', 'keep');
      return body;
    };
    const say = (text) => {
      status.textContent = form.getAttribute(text) || '';
    };
    function keep() {
      dirty = false;
      fetch(form.getAttribute('data-draft'), {
        method: 'POST',
        headers: { 'x-draft': 'keep' },
        body: written(),
        redirect: 'manual',
      }).then(
        (answer) => say(answer.status === 204 ? 'data-kept' : 'data-unkept'),
        () => say('data-unkept'),
      );
    }
    form.addEventListener('input', () => {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE_MS);
    });
    form.addEventListener('submit', () => {
      dirty = false;
      clearTimeout(timer);
    });
    window.addEventListener('pagehide', () => {
      if (dirty) navigator.sendBeacon(form.getAttribute('data-draft'), written());
    });
  }
  document.querySelectorAll('form[data-draft]').forEach(prepare);
})();
