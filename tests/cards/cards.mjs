// Finds the approved cards: what the tests of the bot have approved as a whole card, wherever under tests/ it lies.

import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));
const tests = dirname(here);

/** The cards in these files or folders, by default all under tests/: [{ name, file, card }]. */
export function approvedCards(paths) {
  const files = paths.length > 0 ? paths : filesUnder(tests);
  return files
    .filter(file => paths.length > 0 || file.endsWith(".approved.json"))
    .map(file => ({ name: nameOf(file), file: relative(process.cwd(), file), card: read(file) }))
    .filter(({ card }) => card?.type === "AdaptiveCard")
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Cards of the same name in different folders have pictures of different names. */
function nameOf(file) {
  const path = relative(tests, file);
  return (path.startsWith("..") ? basename(file) : path.replaceAll(/[\\/]/g, ".")).replace(/(\.approved)?\.json$/, "");
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !["node_modules", "bin", "obj"].includes(name))
    .flatMap(entry => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (fault) {
    throw new Error(`${file}: ${fault.message}`);
  }
}
