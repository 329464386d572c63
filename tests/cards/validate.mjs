// Checks every approved card in the two ways that find different faults: the JSON schema of Adaptive Cards 1.5, which is what
// Teams takes from bots, and the official renderer, which knows rules that the schema cannot say.
//   npm ci && node validate.mjs            all *.approved.json under tests/ that are cards
//   npm ci && node validate.mjs FILE…      these cards

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import Ajv from "ajv";
import { approvedCards, here } from "./cards.mjs";

const require = createRequire(import.meta.url);
const AdaptiveCards = require("adaptivecards/dist/adaptivecards.js");

const hostConfig = new AdaptiveCards.HostConfig(JSON.parse(readFileSync(join(here, "hostconfig/hostconfig-teams-light.json"), "utf8")));
const { id, ...schema } = JSON.parse(readFileSync(join(here, "adaptive-card-1.5.0.schema.json"), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json"));
ajv.addSchema(schema, "card");

function schemaFaults({ msteams, ...card }) {
  // "msteams" is Teams' own addition (the card's width), which the schema does not know.
  if (ajv.validate("card", card)) return [];

  // An element that is wrong fails every alternative the schema has for it, which says nothing. So each is held against its own type.
  const faults = elementsOf(card, "").flatMap(({ element, path }) => elementFaults(element).map(fault => `schema: ${path || "/"}${fault}`));
  return faults.length > 0 ? faults : ["schema: an element stands where it may not"];
}

function elementsOf(value, path) {
  if (value === null || typeof value !== "object") return [];
  const inner = Object.entries(value).flatMap(([key, child]) => (key === "data" ? [] : elementsOf(child, `${path}/${key}`)));
  return typeof value.type === "string" ? [{ element: value, path }, ...inner] : inner;
}

function elementFaults(element) {
  if (!(element.type in schema.definitions)) return [`: there is no ${element.type}`];
  if (ajv.validate(`card#/definitions/${element.type}`, element)) return [];
  const own = ajv.errors.filter(({ instancePath, keyword }) => keyword !== "anyOf" && keyword !== "pattern" && !isAboutInner(element, instancePath));
  return [...new Set(own.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`))];
}

function isAboutInner(element, path) {
  let value = element;
  return path
    .split("/")
    .slice(1)
    .some(step => typeof (value = value?.[step])?.type === "string");
}

function rendererFaults(json) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = hostConfig;
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  card.parse(json, context);
  const parsing = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i));
  const validation = card.validateProperties().validationEvents;
  return [...parsing, ...validation].map(event => `renderer: ${event.message}`);
}

function teamsFaults(card) {
  const [major, minor] = String(card.version).split(".").map(Number);
  return [
    ...(major === 1 && minor <= 5 ? [] : [`teams: version ${card.version}; bots may send at most 1.5`]),
    ...(Buffer.byteLength(JSON.stringify(card)) <= 28 * 1024 ? [] : ["teams: larger than 28 KB"]),
  ];
}

const cards = approvedCards(process.argv.slice(2));
let faulty = 0;
for (const { file, card } of cards) {
  const faults = [...schemaFaults(card), ...rendererFaults(card), ...teamsFaults(card)];
  if (faults.length > 0) {
    faulty++;
    console.error([file, ...faults.map(fault => `  ${fault}`)].join("\n"));
  }
}

if (cards.length === 0) console.error("There are no cards to check.");
console.log(`${cards.length - faulty} of ${cards.length} cards are right.`);
process.exitCode = faulty > 0 || cards.length === 0 ? 1 : 0;
