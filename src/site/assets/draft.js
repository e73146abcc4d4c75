// Keeps what is written in a form while it is written, where script runs; without it every button of the form does.
(() => {
  const PAUSE_MS = 3000;

  const prepared = new WeakSet();
  function prepare(form) {
    if (prepared.has(form)) return;
    prepared.add(form);
    const status = document.createElement('p');
    status.className = 'govuk-body-s rial-soft';
    status.setAttribute('role', 'status');
    form.appendChild(status);
    let timer;
    // What came back with a mistake is nowhere else.
    let dirty = form.querySelector('.govuk-error-message') !== null;

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
      clearTimeout(timer);
      return fetch(form.getAttribute('data-draft'), {
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
    // Another form of the page, such as the one of its language: the page that follows shows what was kept.
    document.addEventListener('submit', (event) => {
      const other = event.target;
      if (!dirty || other === form || other.hasAttribute('data-upload')) return;
      event.preventDefault();
      const again = () => other.requestSubmit(event.submitter);
      keep().then(again, again);
    });
    window.addEventListener('pagehide', () => {
      if (dirty) navigator.sendBeacon(form.getAttribute('data-draft'), written());
    });
  }
  const prepareAll = () => document.querySelectorAll('form[data-draft]').forEach(prepare);
  document.addEventListener('rial:shown', prepareAll);
  prepareAll();

  // Of a form in parts, the one that was gone to within the page is the one at which one is.
  function markPart() {
    const target = document.getElementById(window.location.hash.slice(1));
    const part = target?.closest('.rial-part');
    if (!part) return;
    document.querySelectorAll('.rial-parts [data-part]').forEach((way) => {
      if (way.getAttribute('data-part') === part.id) way.setAttribute('aria-current', 'step');
      else way.removeAttribute('aria-current');
    });
  }
  window.addEventListener('hashchange', markPart);
  markPart();
})();
