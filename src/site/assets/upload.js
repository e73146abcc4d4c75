// Shows how far an upload has come, where script runs; without it the form is sent as any other.
(() => {
  function prepare(form) {
    form.addEventListener('submit', (event) => {
      const chosen = Array.prototype.some.call(
        form.querySelectorAll('input[type=file]'),
        (input) => input.files && input.files.length > 0,
      );
      if (!chosen || !window.FormData) return;
      event.preventDefault();
      if (form.getAttribute('aria-busy') === 'true') return;
      send(form, event.submitter);
    });
  }

  function send(form, button) {
    const data = new FormData(form);
    const name = button ? button.name : '';
    if (name) data.append(name, button.value);
    const request = new XMLHttpRequest();
    const shown = progressOf(form);
    form.setAttribute('aria-busy', 'true');
    shown.bar.hidden = false;
    shown.bar.value = 0;
    shown.say(form.getAttribute('data-sending'));
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) shown.bar.value = Math.round((100 * event.loaded) / event.total);
    });
    request.addEventListener('load', () => answered(form, request));
    request.addEventListener('error', () => interrupted(form, shown));
    request.addEventListener('abort', () => interrupted(form, shown));
    request.open('POST', form.action);
    request.send(data);
  }

  function progressOf(form) {
    let bar = form.querySelector('progress');
    let status = form.querySelector('[data-upload-status]');
    if (!bar) {
      status = document.createElement('p');
      status.className = 'govuk-body';
      status.setAttribute('role', 'status');
      status.setAttribute('data-upload-status', '');
      bar = document.createElement('progress');
      bar.max = 100;
      bar.setAttribute('aria-label', form.getAttribute('data-sending') || '');
      form.appendChild(status);
      form.appendChild(bar);
    }
    return {
      bar: bar,
      say: (text) => {
        status.textContent = text || '';
      },
    };
  }

  function interrupted(form, shown) {
    form.removeAttribute('aria-busy');
    shown.bar.hidden = true;
    shown.say(form.getAttribute('data-interrupted'));
  }

  // A form that was taken leads elsewhere; one that was not comes back with what is wrong with it.
  function answered(form, request) {
    const here = request.responseURL === form.action;
    if (request.status < 400 && !here) {
      if (request.responseURL === window.location.href) window.location.reload();
      else window.location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    const main = page.getElementById('main');
    const standing = document.getElementById('main');
    if (!main || !standing) {
      interrupted(form, progressOf(form));
      return;
    }
    document.title = page.title;
    standing.replaceWith(main);
    prepareAll(main);
    const first = main.querySelector('.govuk-error-summary') || main.querySelector('h1');
    if (first) {
      first.setAttribute('tabindex', '-1');
      first.focus();
    }
    window.scrollTo(0, 0);
  }

  function prepareAll(root) {
    Array.prototype.forEach.call(root.querySelectorAll('form[data-upload]'), prepare);
  }
  prepareAll(document);
})();
