// Asks the browser for a passkey, where it knows them. Without script, or where it does not, codes do.
(() => {
  const bytesOf = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
  const textOf = (buffer) =>
    btoa(String.fromCharCode.apply(null, new Uint8Array(buffer)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=/g, '');
  const known = (list) => (list || []).map((one) => Object.assign({}, one, { id: bytesOf(one.id) }));

  async function made(options) {
    const { id, response } = await navigator.credentials.create({
      publicKey: Object.assign({}, options, {
        challenge: bytesOf(options.challenge),
        user: Object.assign({}, options.user, { id: bytesOf(options.user.id) }),
        excludeCredentials: known(options.excludeCredentials),
      }),
    });
    return {
      id,
      response: {
        clientDataJSON: textOf(response.clientDataJSON),
        attestationObject: textOf(response.attestationObject),
        transports: response.getTransports ? response.getTransports() : [],
      },
    };
  }

  async function signed(options) {
    const { id, response } = await navigator.credentials.get({
      publicKey: Object.assign({}, options, {
        challenge: bytesOf(options.challenge),
        allowCredentials: known(options.allowCredentials),
      }),
    });
    return {
      id,
      response: {
        clientDataJSON: textOf(response.clientDataJSON),
        authenticatorData: textOf(response.authenticatorData),
        signature: textOf(response.signature),
      },
    };
  }

  function prepare(form) {
    // What is read out stands in the page before there is anything to read, or it would not be heard.
    const status = document.createElement('p');
    status.className = 'govuk-body';
    status.setAttribute('role', 'status');
    form.appendChild(status);
    const say = (what, wrong) => {
      status.classList.toggle('govuk-error-message', Boolean(wrong));
      status.textContent = form.getAttribute(what) || '';
    };
    const give = form.getAttribute('data-passkey') === 'make' ? made : signed;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (form.getAttribute('aria-busy') === 'true') return;
      form.setAttribute('aria-busy', 'true');
      say('data-waiting');
      try {
        const asked = await fetch(form.getAttribute('data-options'), { method: 'POST' });
        if (!asked.ok) throw new Error(String(asked.status));
        form.elements.passkey.value = JSON.stringify(await give(await asked.json()));
        form.submit();
      } catch (error) {
        form.removeAttribute('aria-busy');
        const name = error ? error.name : '';
        say(
          name === 'NotAllowedError' || name === 'AbortError'
            ? 'data-cancelled'
            : name === 'InvalidStateError'
              ? 'data-known'
              : 'data-failed',
          true,
        );
      }
    });
    form.hidden = false;
    const without = document.getElementById(form.getAttribute('data-without'));
    if (without) without.hidden = true;
  }
  if (window.PublicKeyCredential && navigator.credentials)
    Array.prototype.forEach.call(document.querySelectorAll('form[data-passkey]'), prepare);
})();
