// Packs the app with sample values and checks the zip as Teams would: Microsoft's own schemas, the other languages, the icons, nothing left to fill in.
//   npm ci && node check.mjs            checks a package made with sample values, and that wrong values are refused
//   npm ci && node check.mjs FILE.zip   checks that package

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";
import Ajv from "ajv-draft-04";

const here = dirname(fileURLToPath(import.meta.url));
const faults = [];
const expect = (holds, fault) => holds || faults.push(fault);

const sample = {
  "--app-id": "0f2c7c1e-6d0f-4c53-9b36-3a4c0d7a1e55",
  "--domain": "bot.example.com",
  "--portal-domain": "docspace.example.com",
  "--company": 'Müller & "Sons"',
};

function pack(values, output) {
  const given = Object.entries({ ...values, "--output": output }).flat();
  return spawnSync("dotnet", ["run", join(here, "..", "package.cs"), ...given], { encoding: "utf8" });
}

/** The files of a zip by name, as far as package.cs writes zips: no encryption, no zip64. */
function unzip(zip) {
  const files = {};
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(entry + 28);
    const name = zip.toString("utf8", entry + 46, entry + 46 + nameLength);
    const local = zip.readUInt32LE(entry + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
    files[name] = zip.readUInt16LE(entry + 10) === 0 ? packed : inflateRawSync(packed);
    entry += 46 + nameLength + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return files;
}

/** By Microsoft's own schema of that version. */
function validate(name, content, version, schemaName) {
  const schemas = dirname(createRequire(import.meta.url).resolve("@microsoft/app-manifest/package.json"));
  const schema = join(schemas, "build/json-schemas/teams", `v${version}`, schemaName);
  // Some of its patterns are none by the rules of Unicode.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
  if (!ajv.validate(JSON.parse(readFileSync(schema, "utf8")), content)) {
    ajv.errors.forEach(error => faults.push(`${name}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`));
  }
}

/** The texts of the manifest in another language: they stand for what is there, and none is missing. */
function checkLanguage(name, text, manifest) {
  const texts = JSON.parse(text);
  validate(name, texts, manifest.manifestVersion, "MicrosoftTeams.Localization.schema.json");
  expect(texts.$schema.includes(`/v${manifest.manifestVersion}/`), `${name}: $schema and manifestVersion differ`);

  const find = path => path.split(/[.[\]]+/).filter(Boolean).reduce((at, step) => at?.[step], manifest);
  for (const path of Object.keys(texts).filter(path => path !== "$schema")) {
    expect(typeof find(path) === "string", `${name}: there is no ${path} in manifest.json`);
    expect(path === "name.short" || texts[path] !== find(path), `${name}: ${path} is not translated`);
  }
  manifest.bots.forEach((bot, b) =>
    bot.commandLists.forEach((list, l) =>
      list.commands.forEach(({ title }, c) =>
        expect(texts[`bots[${b}].commandLists[${l}].commands[${c}].description`], `${name}: there is no description of ${title}`)
      )
    )
  );
}

function checkManifest(text) {
  expect(!/\{\{|\}\}/.test(text), "manifest.json: something is left to fill in ({{…}})");
  const manifest = JSON.parse(text);
  validate("manifest.json", manifest, manifest.manifestVersion, "MicrosoftTeams.schema.json");
  expect(manifest.$schema.includes(`/v${manifest.manifestVersion}/`), "manifest.json: $schema and manifestVersion differ");

  const [bot] = manifest.bots;
  expect(bot.botId === manifest.id && manifest.webApplicationInfo.id === manifest.id, "manifest.json: the ids differ");
  for (const list of bot.commandLists) {
    expect(new Set(list.commands.map(({ title }) => title)).size === list.commands.length, "manifest.json: a command is listed twice");
  }
  const handlers = manifest.composeExtensions.flatMap(extension => extension.messageHandlers);
  expect(handlers.every(({ value }) => value.supportsAnonymizedPayloads === false), "manifest.json: strangers could ask about links");
  for (const domain of handlers.flatMap(handler => handler.value.domains)) {
    expect(manifest.validDomains.includes(domain), `manifest.json: ${domain} is unfurled but is not in validDomains`);
  }
}

function checkIcon(name, size, png) {
  expect(png.toString("latin1", 1, 4) === "PNG", `${name}: is not a PNG`);
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  expect(width === size && height === size, `${name}: is ${width}x${height}, Teams wants ${size}x${size}`);
}

function checkPackage(file) {
  const { "manifest.json": manifest, "color.png": color, "outline.png": outline, ...others } = unzip(readFileSync(file));
  if (!manifest || !color || !outline) {
    faults.push("the zip must hold manifest.json, color.png and outline.png at its root");
    return;
  }
  const languages = JSON.parse(manifest).localizationInfo?.additionalLanguages ?? [];
  const surplus = Object.keys(others).filter(name => !languages.some(({ file }) => file === name));
  expect(surplus.length === 0, `the zip holds more than it should: ${surplus}`);
  checkManifest(manifest.toString("utf8"));
  for (const { file: name } of languages) {
    if (name in others) checkLanguage(name, others[name].toString("utf8"), JSON.parse(manifest));
    else faults.push(`the zip must hold ${name}, which manifest.json names`);
  }
  checkIcon("color.png", 192, color);
  checkIcon("outline.png", 32, outline);
}

function checkRefusals(folder) {
  const wrong = {
    "--app-id": ["", "bot", "00000000-0000-0000-0000-000000000000"],
    "--domain": ["https://bot.example.com", "bot.example.com:3978", "localhost", "bot example.com"],
    "--portal-domain": ["docspace.example.com/rooms", "docspace..example.com"],
    "--company": ["x".repeat(33)],
    "--privacy": ["http://example.com/privacy"],
    "--app-version": ["1.0", "1.0.0-beta"],
  };
  for (const [option, values] of Object.entries(wrong)) {
    for (const value of values) {
      const { status, stderr } = pack({ ...sample, [option]: value }, join(folder, "refused.zip"));
      expect(status === 2 && stderr.includes(`${option}:`), `package.cs should refuse ${option} "${value}"`);
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), "docspacebot-manifest-"));
try {
  if (process.argv[2]) {
    checkPackage(process.argv[2]);
  } else {
    const file = join(folder, "DocSpaceBot.zip");
    const { status, stdout, stderr } = pack(sample, file);
    if (status !== 0) throw new Error(`package.cs failed:\n${stdout}${stderr}`);
    checkPackage(file);
    checkRefusals(folder);
  }
} finally {
  rmSync(folder, { recursive: true });
}

faults.forEach(fault => console.error(fault));
console.log(faults.length === 0 ? "The app package is right." : `${faults.length} faults in the app package.`);
process.exitCode = faults.length === 0 ? 0 : 1;
