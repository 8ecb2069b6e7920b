// Draws icon.png: two sheets that are held against each other, and the sign that they agree.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

const SIZE = 128;
const FINE = 4;

/** @type {[number, number, number, number, number, number[]][]} left, top, width, height, radius, colour */
const shapes = [
  [4, 4, 120, 120, 22, [28, 63, 96]],
  [22, 24, 48, 66, 6, [232, 240, 247]],
  [58, 38, 48, 66, 6, [120, 188, 220]],
  [66, 60, 32, 8, 3, [28, 63, 96]],
  [66, 76, 32, 8, 3, [28, 63, 96]],
  [30, 36, 22, 6, 3, [28, 63, 96]],
  [30, 48, 22, 6, 3, [28, 63, 96]],
];

const inside = (x, y, [left, top, width, height, radius]) => {
  const dx = Math.max(left + radius - x, x - (left + width - radius), 0);
  const dy = Math.max(top + radius - y, y - (top + height - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
};

const rows = [];
for (let y = 0; y < SIZE; y += 1) {
  const row = Buffer.alloc(1 + SIZE * 4);
  for (let x = 0; x < SIZE; x += 1) {
    const sum = [0, 0, 0, 0];
    for (let i = 0; i < FINE * FINE; i += 1) {
      const at = [x + ((i % FINE) + 0.5) / FINE, y + (Math.floor(i / FINE) + 0.5) / FINE];
      const top = shapes.findLast((shape) => inside(at[0], at[1], shape));
      if (top) {
        top[5].forEach((value, channel) => (sum[channel] += value));
        sum[3] += 1;
      }
    }
    const painted = sum[3];
    const colour = painted === 0 ? [0, 0, 0] : sum.slice(0, 3).map((value) => Math.round(value / painted));
    row.set([...colour, Math.round((painted * 255) / (FINE * FINE))], 1 + x * 4);
  }
  rows.push(row);
}

const chunk = (kind, data) => {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  let sum = ~0;
  for (const byte of body) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  crc.writeUInt32BE(~sum >>> 0);
  return Buffer.concat([length, body, crc]);
};

const header = Buffer.alloc(13);
header.writeUInt32BE(SIZE, 0);
header.writeUInt32BE(SIZE, 4);
header.set([8, 6, 0, 0, 0], 8);
const png = [
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', header),
  chunk('IDAT', zlib.deflateSync(Buffer.concat(rows), { level: 9 })),
  chunk('IEND', Buffer.alloc(0)),
];
fs.writeFileSync(path.join(__dirname, '..', 'icon.png'), Buffer.concat(png));
