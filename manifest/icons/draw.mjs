// Draws the two icons of the Teams app: a speech bubble with an open door, and somebody on the threshold.
// Shapes are signed distances (negative inside), so that edges are smooth at any size without a drawing library.
//   node manifest/icons/draw.mjs

import { writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

const circle = (cx, cy, r) => (x, y) => Math.hypot(x - cx, y - cy) - r;

const roundedBox = (left, top, right, bottom, radius) => (x, y) => {
  const dx = Math.abs(x - (left + right) / 2) - (right - left) / 2 + radius;
  const dy = Math.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
};

const polygon = (...points) => (x, y) => {
  let nearest = Infinity;
  let inside = false;
  points.forEach(([ax, ay], i) => {
    const [bx, by] = points[(i + points.length - 1) % points.length];
    const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)));
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside ? -nearest : nearest;
};

const either = (...shapes) => (x, y) => Math.min(...shapes.map(shape => shape(x, y)));
const both = (...shapes) => (x, y) => Math.max(...shapes.map(shape => shape(x, y)));
const without = (shape, hole) => (x, y) => Math.max(shape(x, y), -hole(x, y));
const grown = (shape, by) => (x, y) => shape(x, y) - by;
const rim = (shape, width) => without(shape, grown(shape, -width));

/** Paints the layers (shape, colour at a point as [r, g, b]) over each other; a pixel no layer covers stays transparent. */
function paint(size, layers) {
  const rows = [];
  for (let y = 0; y < size; y++) {
    rows.push(0); // the PNG filter of this row: none
    for (let x = 0; x < size; x++) {
      let [red, green, blue, alpha] = [255, 255, 255, 0];
      for (const [shape, colour] of layers) {
        const cover = Math.min(1, Math.max(0, 0.5 - shape(x + 0.5, y + 0.5)));
        if (cover === 0) continue;
        const [r, g, b] = colour(x, y);
        const mix = alpha === 0 ? 1 : cover;
        red += (r - red) * mix;
        green += (g - green) * mix;
        blue += (b - blue) * mix;
        alpha += (1 - alpha) * cover;
      }
      rows.push(Math.round(red), Math.round(green), Math.round(blue), Math.round(alpha * 255));
    }
  }
  return Buffer.from(rows);
}

function checksum(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, crc]);
}

function save(file, size, layers) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits a channel, RGBA
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const pixels = deflateSync(paint(size, layers), { level: 9 });
  writeFileSync(
    new URL(`../${file}`, import.meta.url),
    Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]),
  );
}

const plain = (r, g, b) => () => [r, g, b];
const blend = (from, to, share) => from.map((value, i) => value + (to[i] - value) * share);

const white = plain(255, 255, 255);
const indigo = (x, y) => blend([72, 99, 232], [38, 45, 140], (x + y) / 384);
const light = (x, y) => blend([255, 214, 110], [255, 176, 64], (y - 62) / 70);
const night = plain(38, 45, 140);

const bubble = either(roundedBox(32, 34, 160, 142, 24), polygon([54, 134], [54, 166], [92, 138]));
const doorway = roundedBox(72, 56, 120, 142, 4);
const threshold = (x, y) => y - 124;
const room = both(doorway, threshold);
const leaf = polygon([120, 56], [142, 66], [142, 134], [120, 124]);
const person = both(either(circle(96, 82, 10), roundedBox(82, 96, 110, 150, 14)), threshold);

save("color.png", 192, [
  [() => -1, indigo],
  [bubble, white],
  [room, light],
  [leaf, night],
  [circle(136, 98, 2.6), plain(255, 214, 110)],
  [person, night],
]);

const smallBubble = rim(roundedBox(2, 3, 30, 25, 5), 2);
const smallTail = polygon([7, 24], [7, 30.5], [14, 24]);
const smallPerson = both(either(circle(16, 10.5, 3.2), roundedBox(11, 15, 21, 40, 5)), (x, y) => y - 21);

save("outline.png", 32, [[either(smallBubble, smallTail, smallPerson), white]]);
