'use strict';

// Uses the explorer as a visitor does and fails when a page shows something else than it should.
//
//   node check.js URL SCREENSHOTS      pictures are named SCREENSHOTS-desktop.png and so on;
//                                      CHROMIUM is the path of the browser

const assert = require('node:assert/strict');
const { createHash, randomBytes } = require('node:crypto');
const { mkdtemp, readFile, rm, writeFile } = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');
const { chromium } = require('playwright-core');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const LIMIT = 60_000;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The value beside a name in the table of what the server did. */
const fact = (card, name) =>
  card.getByRole('row').filter({ has: card.page().getByRole('rowheader', { name, exact: true }) })
    .getByRole('cell');

const status = (card) => card.getByRole('status');

async function textOf(locator, pattern) {
  await locator.filter({ hasText: pattern }).waitFor();
  return (await locator.textContent()).trim();
}

async function clock(page) {
  const card = page.locator('#clock');
  await card.getByRole('button', { name: 'Start' }).click();
  const event = async () => Number(await textOf(fact(card, 'event'), /^\d+$/));
  const first = await event();
  for (const end = Date.now() + LIMIT; (await event()) < first + 2; ) { // one may be missed
    assert.ok(Date.now() < end, 'the clock does not tick');
    await page.waitForTimeout(100);
  }
  assert.match(await card.getByRole('timer').textContent(), /\d+:\d\d:\d\d/);
  assert.equal(await fact(card, 'servlet async').textContent(), 'started');
  assert.equal(await fact(card, 'thread').textContent(), 'explorer-timer');
  await card.getByRole('button', { name: 'Stop' }).click();
  await textOf(status(card), /the server ends the stream/);
}

async function echo(page) {
  const card = page.locator('#echo');
  const log = card.getByRole('log');
  const messages = ['Grüße <b>&"\\ å 😀', 'again'];
  for (const [index, message] of messages.entries()) {
    await card.getByLabel('Text').fill(message);
    await card.getByRole('button', { name: 'Send' }).click();
    await log.getByText(`← ${message} (`).waitFor();
    await textOf(fact(card, 'message'), new RegExp(`^${index + 1}$`));
  }
  const bytes = Buffer.byteLength(messages.join(''));
  assert.equal(await fact(card, 'bytes so far').textContent(), String(bytes));
  await card.getByRole('button', { name: 'Close' }).click();
  assert.equal(await textOf(status(card), /Closed/), 'Closed with 1000.');
}

async function upload(page, folder) {
  const content = randomBytes(8_000_000);
  const file = path.join(folder, 'upload.bin');
  await writeFile(file, content);
  const card = page.locator('#upload');
  await card.getByLabel('File').setInputFiles(file);
  await card.getByRole('button', { name: 'Upload' }).click();
  await textOf(status(card), /SHA-256 is the same at both ends/);
  assert.equal(await card.locator('.progress span').textContent(), '100 %');
  assert.equal(await card.getByRole('progressbar').evaluate((bar) => bar.value), 1);
  assert.equal(await fact(card, 'bytes').textContent(), String(content.length));
  assert.equal(await fact(card, 'SHA-256').textContent(), sha256(content));
  assert.match(await fact(card, 'reads').textContent(), /^\d{2,}, the largest of \d+ bytes$/);
}

async function download(page, url) {
  const expected = sha256(Buffer.from(await (await fetch(`${url}download`)).arrayBuffer()));
  const card = page.locator('#download');
  for (const [option, way] of [['file', 'sendFile'], ['copy', 'copy through a stream']]) {
    await card.getByLabel('Sent by').selectOption(option);
    await card.getByRole('button', { name: 'Download' }).click();
    await textOf(fact(card, 'sent by'), new RegExp(`^${way}$`));
    await textOf(status(card), /SHA-256 is the same at both ends/);
    assert.equal(await card.locator('.progress span').textContent(), '100 %');
    assert.equal(await fact(card, 'SHA-256').textContent(), expected);
    assert.equal(await fact(card, 'result').textContent(), 'all bytes accepted');
  }
  return expected;
}

/** Without its script the page does the same by plain forms. */
async function withoutScript(browser, url, folder, digest) {
  const context = await browser.newContext({ javaScriptEnabled: false, acceptDownloads: true });
  context.setDefaultTimeout(LIMIT);
  const page = await context.newPage();
  await page.goto(url);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const saved = await saving;
  assert.equal(saved.suggestedFilename(), 'pipebridge-sample.bin');
  assert.equal(sha256(await readFile(await saved.path())), digest);
  await page.locator('#upload').getByLabel('File').setInputFiles(path.join(folder, 'upload.bin'));
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.getByText(sha256(await readFile(path.join(folder, 'upload.bin')))).waitFor();
  await context.close();
}

/** Pictures at two widths, light and dark; no page is wider than its window. */
async function pictures(page, name) {
  // else it lies over what is scrolled
  await page.locator('header').evaluate((header) => (header.style.position = 'static'));
  for (const [form, size, colorScheme] of [
    ['desktop', DESKTOP, 'light'],
    ['desktop-dark', DESKTOP, 'dark'],
    ['phone', PHONE, 'light'],
  ]) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= size.width, `${form}: the page is ${width} pixels wide`);
    await page.screenshot({ path: `${name}-${form}.png`, fullPage: true });
    await page.locator('#live').screenshot({ path: `${name}-${form}-live.png` });
  }
}

async function main(url, name) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pipebridge-browser-'));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: DESKTOP });
    page.setDefaultTimeout(LIMIT);
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.stack));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(url);
    await clock(page);
    await echo(page);
    await upload(page, folder);
    const digest = await download(page, url);
    await pictures(page, name);
    assert.deepEqual(errors, []);
    await withoutScript(browser, url, folder, digest);
    console.log('  clock, echo, upload and download passed, with and without script');
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
