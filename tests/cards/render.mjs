// Draws every approved card as Teams would show it, light and dark, on a desktop and on a narrow screen, into artifacts/cards/.
// Needs Chromium (Debian: apt-get install --no-install-recommends chromium), or CHROMIUM=/path/to/it. No network is used.
//   npm ci && node render.mjs            all *.approved.json under tests/ that are cards
//   npm ci && node render.mjs FILE…      these cards

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { chromium } from "playwright-core";
import { approvedCards, here } from "./cards.mjs";

const require = createRequire(import.meta.url);
const target = join(here, "../../artifacts/cards");
const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
const widths = { desktop: 600, narrow: 320 };
const themes = {
  light: { page: "#f5f5f5", card: "#ffffff", line: "#e0e0e0", text: "#242424", button: "#ffffff", buttonLine: "#d1d1d1" },
  dark: { page: "#1f1f1f", card: "#292929", line: "#3d3d3d", text: "#ffffff", button: "#292929", buttonLine: "#666666" },
};

// The renderer leaves the looks of controls to its host; this is about what Teams gives them.
const style = ({ page, card, line, text, button, buttonLine }) => `
  body { margin: 0; padding: 16px; background: ${page}; font-family: "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
  #card { background: ${card}; border: 1px solid ${line}; border-radius: 6px; overflow: hidden; }
  .ac-pushButton { background: ${button}; color: ${text}; border: 1px solid ${buttonLine}; border-radius: 4px; padding: 6px 12px;
    font: 600 14px "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; overflow: hidden; text-overflow: ellipsis; }
  .ac-pushButton.style-positive { background: #5b5fc7; color: #fff; border-color: #5b5fc7; }
  .ac-pushButton.style-destructive { color: #c4314b; border-color: #c4314b; }
  .ac-input { box-sizing: border-box; color: ${text}; background: ${page}; border: 1px solid ${buttonLine}; border-radius: 4px; padding: 6px 8px;
    font: 14px "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
  .ac-multichoiceInput, .ac-toggleInput { color: ${text}; }
  .ac-input-required-indicator { color: #c4314b; }
  a { color: #5b5fc7; }
  p { margin: 0; }
`;

if (!existsSync(executablePath)) {
  console.error(`There is no browser at ${executablePath}. Install Chromium, or say where it is: CHROMIUM=/path/to/chromium`);
  process.exit(2);
}

const cards = approvedCards(process.argv.slice(2));
mkdirSync(target, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const faults = [];
try {
  for (const [theme, colours] of Object.entries(themes)) {
    for (const [screen, width] of Object.entries(widths)) {
      const page = await openPage(theme, colours, width);
      for (const { name, card } of cards) {
        const problem = await page.evaluate(draw, { card, width });
        if (problem) faults.push(`${name}, ${screen}, ${theme}: ${problem}`);
        await page.screenshot({ path: join(target, `${name}-${screen}-${theme}.png`), fullPage: true });
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
}

faults.forEach(fault => console.error(fault));
console.log(`${cards.length} cards drawn into ${relative(process.cwd(), target) || target}.`);
process.exitCode = faults.length > 0 || cards.length === 0 ? 1 : 0;

async function openPage(theme, colours, width) {
  const page = await browser.newPage({ viewport: { width: width + 32, height: 100 }, deviceScaleFactor: 2, colorScheme: theme });
  await page.route("**", route => route.abort());
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${style(colours)}</style><div id="card"></div>`);
  await page.addScriptTag({ path: require.resolve("adaptivecards/dist/adaptivecards.min.js") });
  await page.addScriptTag({ path: join(here, "node_modules/markdown-it/dist/browser/markdown-it.umd.min.js") });
  await page.evaluate(
    hostConfig => {
      const markdown = window.markdownit();
      AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
        result.outputHtml = markdown.render(text);
        result.didProcess = true;
      };
      window.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
    },
    JSON.parse(readFileSync(join(here, `hostconfig/hostconfig-teams-${theme}.json`), "utf8")),
  );
  return page;
}

/** Runs in the page. Says what is wrong with how the card came out: something sticks out at the right, for example. */
function draw({ card: json, width }) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = window.hostConfig;
  card.parse(json);
  const place = document.getElementById("card");
  place.style.width = `${width}px`;
  place.replaceChildren(card.render());
  const tooWide = [...place.querySelectorAll("*")].filter(element => element.getBoundingClientRect().right > place.getBoundingClientRect().right + 1);
  return tooWide.length > 0 ? `sticks out at the right: ${tooWide[0].textContent.slice(0, 60)}` : null;
}
