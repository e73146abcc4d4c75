// Shows how far an upload has come, where script runs; without it the form is sent as any other.
(() => {
  function prepare(form) {
    const shown = progressOf(form);
    const state = { interrupted: false };
    sendAtOnce(form);
    form.addEventListener('submit', (event) => {
      const chosen = Array.prototype.some.call(
        form.querySelectorAll('input[type=file]'),
        (input) => input.files && input.files.length > 0,
      );
      // The buttons of the languages send it elsewhere, without its files.
      const elsewhere = event.submitter?.hasAttribute('formaction');
      if (!chosen || elsewhere || !window.FormData) return;
      event.preventDefault();
      if (form.getAttribute('aria-busy') === 'true') return;
      const data = new FormData(form);
      const button = event.submitter;
      const pressed = button ? button.name : '';
      if (pressed) data.append(pressed, button.value);
      form.setAttribute('aria-busy', 'true');
      shown.begin();
      const arrived = form.getAttribute('data-arrived');
      if (!state.interrupted || !arrived)
        entered(form).then(
          () => send(form, data, shown, state),
          () => failed(form, shown, 'data-interrupted'),
        );
      else unsent(data, arrived).then((left) => send(form, left, shown, state));
    });
  }

  // A button that chooses files and sends them. What is chosen in the field itself waits for the form's own button.
  function sendAtOnce(form) {
    const label = form.getAttribute('data-at-once');
    const field = form.querySelector('input[type=file]');
    if (!label || !field || !form.requestSubmit) return;
    let pressed = false;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'govuk-button';
    button.textContent = label;
    button.addEventListener('click', () => {
      field.click();
      pressed = true;
    });
    field.addEventListener('click', () => {
      pressed = false;
    });
    field.addEventListener('change', () => {
      if (pressed && field.files && field.files.length > 0) form.requestSubmit();
      pressed = false;
    });
    form.insertBefore(button, form.firstChild);
    // Without script, one goes on to the page that has the files' own form.
    form.hidden = false;
  }

  // Where nobody is signed in yet, that comes first: a file is not sent twice.
  function entered(form) {
    const enter = form.getAttribute('data-enter');
    if (!enter) return Promise.resolve();
    return fetch(enter, { method: 'POST', redirect: 'manual' }).then(() =>
      form.removeAttribute('data-enter'),
    );
  }

  // The same form, with the documents that came before the line broke in place of their files. What cannot be known is
  // sent again.
  async function unsent(data, url) {
    try {
      const response = await fetch(url);
      const there = response.ok ? await response.json() : [];
      const left = new FormData();
      for (const [name, value] of Array.from(data)) {
        const sha256 = there.some((one) => one.size === value.size) ? await hashOf(value) : '';
        const came = there.find((one) => one.sha256 === sha256);
        if (came) left.append('documents', came.id);
        else left.append(name, value);
      }
      // It is the name of the first file, which has it.
      if (left.has('documents')) left.delete('title');
      return left;
    } catch {
      return data;
    }
  }

  async function hashOf(file) {
    const digest = await window.crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return Array.from(new Uint8Array(digest), (one) => one.toString(16).padStart(2, '0')).join('');
  }

  function send(form, data, shown, state) {
    const request = new XMLHttpRequest();
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) shown.at((100 * event.loaded) / event.total);
    });
    request.upload.addEventListener('load', () => shown.say('data-checking'));
    request.addEventListener('load', () => answered(form, request, shown));
    const interrupted = () => {
      state.interrupted = true;
      failed(form, shown, 'data-interrupted');
    };
    request.addEventListener('error', interrupted);
    request.addEventListener('abort', interrupted);
    // A line that is gone says nothing by itself for minutes.
    const stop = () => request.abort();
    window.addEventListener('offline', stop);
    request.addEventListener('loadend', () => window.removeEventListener('offline', stop));
    request.open('POST', form.action);
    request.send(data);
  }

  // What is read out stands in the page before there is anything to read, or it would not be heard.
  function progressOf(form) {
    const status = document.createElement('p');
    status.className = 'govuk-body rial-upload__status';
    status.setAttribute('role', 'status');
    const bar = document.createElement('progress');
    bar.className = 'rial-upload__bar';
    bar.max = 100;
    bar.hidden = true;
    bar.setAttribute('aria-label', form.getAttribute('data-sending') || '');
    form.appendChild(status);
    form.appendChild(bar);
    let quarter = 0;
    const say = (text) => {
      status.textContent = form.getAttribute(text) || '';
    };
    return {
      begin: () => {
        quarter = 0;
        bar.value = 0;
        bar.hidden = false;
        status.classList.remove('govuk-error-message');
        say('data-sending');
      },
      // The bar moves with each piece; what is read out changes four times.
      at: (percent) => {
        bar.value = Math.round(percent);
        const reached = Math.floor(percent / 25);
        if (reached === quarter || reached === 4) return;
        quarter = reached;
        status.textContent = (form.getAttribute('data-arriving') || '').replace('#', String(25 * reached));
      },
      say: say,
      fail: (why) => {
        bar.hidden = true;
        status.classList.add('govuk-error-message');
        say(why);
      },
    };
  }

  // The form stays as it is, with the files that were chosen.
  function failed(form, shown, why) {
    form.removeAttribute('aria-busy');
    shown.fail(why);
    // What is written in it has not been sent.
    form.dispatchEvent(new Event('input', { bubbles: true }));
  }

  // A form that was taken leads elsewhere; one that was not comes back with what is wrong with it.
  function answered(form, request, shown) {
    const here = request.responseURL === form.action;
    if (request.status < 400 && !here) {
      if (request.responseURL === window.location.href) window.location.reload();
      else window.location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    const main = page.getElementById('main');
    const standing = document.getElementById('main');
    // Not a page of this site: what stands between says so when a form is too large for it.
    if (!main || !standing) {
      failed(form, shown, request.status === 413 ? 'data-too-large' : 'data-interrupted');
      return;
    }
    document.title = page.title;
    standing.replaceWith(main);
    // They go with the form that the page has now.
    const languages = page.querySelector('.rial-header__languages');
    const before = document.querySelector('.rial-header__languages');
    if (languages && before) before.replaceWith(languages);
    prepareAll(main);
    document.dispatchEvent(new Event('rial:shown'));
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
