'use strict';

// Makes the live cards live, in place. Without this file their forms and links lead to plain pages.
(() => {
  const MOST_TO_HASH = 256 * 1024 * 1024;
  const JSON_ONLY = { headers: { Accept: 'application/json' } };

  /** The parts of a card, and what happens when its form is sent. */
  const card = (id, onSubmit) => {
    const root = document.getElementById(id);
    const form = root.querySelector('form');
    const parts = {
      form,
      button: form.querySelector('button'),
      find: (name) => root.querySelector(`[data-${name}]`),
      say(text, state = '') {
        const status = root.querySelector('[role=status]');
        status.textContent = text;
        status.dataset.state = state;
      },
      show(facts) {
        root.querySelector('[data-facts]').replaceChildren(table(facts));
      },
      progress(done, total) {
        const share = total ? done / total : 1;
        const row = parts.find('progress');
        row.hidden = false;
        row.querySelector('progress').value = share;
        row.querySelector('span').textContent = `${Math.floor(share * 100)} %`;
      },
    };
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      onSubmit(parts);
    });
  };

  const element = (name, ...children) => {
    const made = document.createElement(name);
    made.append(...children);
    return made;
  };

  const table = (facts) => {
    const rows = Object.entries(facts).map(([name, value]) => {
      const head = element('th', name);
      head.scope = 'row';
      return element('tr', head, element('td', element('code', value)));
    });
    return element('table', element('caption', 'What the server did'), element('tbody', ...rows));
  };

  const grouped = (number) => Number(number).toLocaleString('en');

  /** Tells whether the server's digest is that of the bytes here; browsers hash on safe origins. */
  const compare = async (parts, blob, facts, what) => {
    const text = `${grouped(facts.bytes)} bytes ${what}`;
    if (!window.crypto.subtle || blob.size > MOST_TO_HASH) {
      parts.say(`${text}; this browser did not compute SHA-256 to compare.`);
      return;
    }
    const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
    const hex = [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, '0')).join('');
    if (hex === facts['SHA-256'] && blob.size === Number(facts.bytes)) {
      parts.say(`${text}; SHA-256 is the same at both ends.`, 'good');
    } else {
      parts.say(`${text}, but ${grouped(blob.size)} bytes with SHA-256 ${hex} are here.`, 'bad');
    }
  };

  let events;
  card('clock', (parts) => {
    const time = parts.find('time');
    const end = (text) => {
      events.close();
      events = undefined;
      parts.button.textContent = 'Start';
      parts.say(text);
    };
    if (events) {
      end('You left, so the server ends the stream.');
      return;
    }
    events = new EventSource(parts.form.action);
    parts.button.textContent = 'Stop';
    parts.say('Connecting …');
    events.onopen = () => parts.say('Ticking.', 'good');
    events.onmessage = (event) => {
      const facts = JSON.parse(event.data);
      time.hidden = false;
      time.textContent = new Date(facts.now).toLocaleTimeString();
      parts.show(facts);
    };
    events.addEventListener('end', () => end('The application stops, so it ended the stream.'));
    events.onerror = () => {
      if (events && events.readyState === EventSource.CLOSED) {
        end('The server refused the stream.');
      } else {
        parts.say('The connection is lost; the browser tries again.', 'bad');
      }
    };
  });

  let socket;
  card('echo', (parts) => {
    const text = document.getElementById('echo-text').value;
    const log = parts.find('log');
    const close = parts.find('close');
    const note = (line) => {
      log.hidden = false;
      log.append(element('p', line));
      log.scrollTop = log.scrollHeight;
    };
    const send = () => {
      note(`→ ${text}`);
      socket.sent.push(performance.now());
      socket.send(text);
    };
    if (socket && socket.readyState === WebSocket.OPEN) {
      send();
      return;
    }
    if (socket) {
      return; // on its way
    }
    socket = new WebSocket(parts.form.action.replace(/^http/, 'ws'));
    socket.sent = [];
    parts.say('Connecting …');
    socket.onopen = () => {
      parts.say('Open.', 'good');
      close.hidden = false;
      close.onclick = () => socket.close(1000, 'enough');
      send();
    };
    socket.onmessage = (event) => {
      const facts = JSON.parse(event.data);
      const millis = performance.now() - socket.sent.shift();
      note(`← ${facts.echo} (${millis.toFixed(1)} ms)`);
      parts.show(facts);
    };
    socket.onclose = async (event) => {
      const opened = !close.hidden;
      close.hidden = true;
      socket = undefined;
      if (opened) {
        parts.say(`Closed with ${event.code}${event.wasClean ? '' : ', without a handshake'}.`);
        return;
      }
      try {
        const facts = await (await fetch(parts.form.action, JSON_ONLY)).json();
        parts.say(facts.reason, 'bad');
        parts.show(facts);
      } catch {
        parts.say('The server did not answer.', 'bad');
      }
    };
  });

  card('upload', (parts) => {
    const file = document.getElementById('upload-file').files[0];
    const request = new XMLHttpRequest();
    const end = (text) => {
      parts.button.disabled = false;
      parts.say(text, 'bad');
    };
    request.open('POST', parts.form.dataset.upload);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => parts.progress(event.loaded, event.total);
    request.onerror = () => end('The connection broke, or the server refused so much.');
    request.onload = () => {
      if (request.status !== 200) {
        end(`The server refused it with ${request.status}.`);
        return;
      }
      const facts = JSON.parse(request.responseText);
      end('');
      parts.progress(file.size, file.size);
      parts.show(facts);
      compare(parts, file, facts, 'arrived');
    };
    parts.button.disabled = true;
    parts.progress(0, file.size);
    parts.say('Sending …');
    request.send(file);
  });

  /** What the server tells of a transfer; its last byte may be here before it has noted the end. */
  const factsOf = async (parts, transfer) => {
    const url = `${parts.form.dataset.factsAt}?transfer=${encodeURIComponent(transfer)}`;
    for (let attempt = 0; attempt < 100; attempt++) {
      const response = await fetch(url, JSON_ONLY);
      if (response.status === 200) {
        return response.json();
      }
      if (response.status !== 202) {
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the server does not tell about the transfer');
  };

  const receive = async (parts, response) => {
    const total = Number(response.headers.get('Content-Length'));
    const chunks = [];
    let bytes = 0;
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) {
        return new Blob(chunks);
      }
      chunks.push(value);
      bytes += value.length;
      parts.progress(bytes, total);
    }
  };

  card('download', async (parts) => {
    const by = document.getElementById('download-by').value;
    parts.button.disabled = true;
    parts.progress(0, 1);
    parts.say('Receiving …');
    try {
      const response = await fetch(`${parts.form.action}?by=${by}`);
      if (!response.ok) {
        throw new Error(`the server refused it with ${response.status}`);
      }
      const content = await receive(parts, response);
      const facts = await factsOf(parts, response.headers.get('X-Transfer'));
      parts.show(facts);
      await compare(parts, content, facts, 'received');
    } catch (error) {
      parts.say(`It failed: ${error.message}.`, 'bad');
    }
    parts.button.disabled = false;
  });
})();
