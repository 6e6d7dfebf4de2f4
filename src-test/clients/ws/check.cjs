// Speaks to the WebSockets of WebSocketStartup with the npm package ws.
//
//   node check.cjs PORT PID       PID is the server's, which is asked to stop at the end
'use strict';

const assert = require('node:assert/strict');
const { once } = require('node:events');
const WebSocket = require('ws');

const LIMIT = 64 * 1024;
const FLOOD = 400;
const [port, pid] = process.argv.slice(2).map(Number);

const open = async (path, options) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, options);
  socket.messages = [];
  socket.on('message', (data, binary) => socket.messages.push(binary ? data : String(data)));
  socket.closed = once(socket, 'close').then(([code, reason]) => `${code} ${reason}`);
  await once(socket, 'open');
  return socket;
};

const messages = async (socket, count) => {
  while (socket.messages.length < count) {
    await once(socket, 'message');
  }
  return socket.messages;
};

const checks = {
  async 'text, binary and fragments come back whole and in order'() {
    const socket = await open('/echo');
    assert.equal(socket.extensions, '');
    socket.send('grüße ☃');
    socket.send(Buffer.from([0, 1, 255]));
    socket.send('in ', { fin: false });
    socket.send('three ', { fin: false });
    socket.send('parts', { fin: true });
    for (let i = 0; i < 5000; i++) {
      socket.send(String(i));
    }
    const got = await messages(socket, 5003);
    assert.deepEqual(got.slice(0, 3), ['grüße ☃', Buffer.from([0, 1, 255]), 'in three parts']);
    got.slice(3).forEach((text, i) => assert.equal(text, String(i)));
    socket.close(4000, 'bye');
    assert.equal(await socket.closed, '4000 bye');
  },

  async 'a ping is answered with its content'() {
    const socket = await open('/echo');
    socket.ping('are you there');
    assert.equal(String((await once(socket, 'pong'))[0]), 'are you there');
    socket.close(1000);
    assert.equal(await socket.closed, '1000 ');
  },

  async 'the server closes first'() {
    const socket = await open('/close');
    assert.equal(await socket.closed, '4001 done');
  },

  async 'the largest message is taken and no larger'() {
    const socket = await open('/echo');
    socket.send(Buffer.alloc(LIMIT));
    assert.equal((await messages(socket, 1))[0].length, LIMIT);
    socket.send(Buffer.alloc(LIMIT + 1));
    assert.equal(await socket.closed, '1009 ');
  },

  async 'a frame without a mask is a protocol error'() {
    const socket = await open('/echo');
    socket._socket.write(Buffer.from([0x81, 1, 0x61]));
    assert.equal(await socket.closed, '1002 ');
  },

  async 'a slow reader gets everything'() {
    const socket = await open('/flood');
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    socket.resume();
    const got = await messages(socket, FLOOD);
    got.forEach((data, i) => assert.equal(data.readInt32BE(0), i));
    assert.equal(await socket.closed, '1000 ');
  },

  async 'a server that stops goes away'() {
    const socket = await open('/echo');
    process.kill(pid, 'SIGTERM');
    assert.equal(await socket.closed, '1001 ');
  },
};

(async () => {
  for (const [name, check] of Object.entries(checks)) {
    const late = setTimeout(() => {
      console.error(`FAILED ${name}: it took too long`);
      process.exit(1);
    }, 60_000);
    try {
      await check();
    } catch (failure) {
      console.error(`FAILED ${name}:`, failure);
      process.exit(1);
    }
    clearTimeout(late);
    console.log(`passed ${name}`);
  }
})();
