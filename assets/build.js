// Compiles the stylesheet and copies the scripts and fonts to where Django serves them.
// `build.json` records what was built from what, so that a test without node can tell a stale build.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "..", "waymark", "web", "ui", "static", "ui");
const fontStyles = ["400-normal", "400-italic", "700-normal", "700-italic"];
const fontRanges = ["latin", "latin-ext"];

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function sha256(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function hashes(paths, root) {
  return Object.fromEntries(paths.map((path) => [relative(root, path).replaceAll("\\", "/"), sha256(path)]));
}

// Source maps are not shipped; a dangling reference would stop static files from being collected.
function copyScript(from, to) {
  const text = readFileSync(from, "utf8").replace(/\/\/# sourceMappingURL=.*\s*$/, "");
  writeFileSync(join(target, to), text.trimEnd() + "\n");
}

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, "fonts"), { recursive: true });

const css = sass.compile(join(here, "src", "waymark.scss"), {
  style: "compressed",
  loadPaths: [modules],
  quietDeps: true,
}).css;
writeFileSync(join(target, "waymark.css"), css + "\n");

copyScript(join(modules, "govuk-frontend", "dist", "govuk", "govuk-frontend.min.js"), "govuk-frontend.min.js");
copyScript(join(modules, "htmx.org", "dist", "htmx.min.js"), "htmx.min.js");
copyScript(join(here, "src", "waymark.js"), "waymark.js");
copyScript(join(here, "src", "second-step.js"), "second-step.js");
copyFileSync(join(here, "src", "favicon.svg"), join(target, "favicon.svg"));

const fonts = join(modules, "@fontsource", "atkinson-hyperlegible");
for (const range of fontRanges) {
  for (const style of fontStyles) {
    const name = `atkinson-hyperlegible-${range}-${style}.woff2`;
    copyFileSync(join(fonts, "files", name), join(target, "fonts", name));
  }
}
copyFileSync(join(here, "src", "licences.txt"), join(target, "licences.txt"));
copyFileSync(join(fonts, "LICENSE"), join(target, "fonts", "OFL.txt"));

const sources = [
  ...filesUnder(join(here, "src")),
  join(here, "build.js"),
  join(here, "package.json"),
  join(here, "package-lock.json"),
];
const built = filesUnder(target);
writeFileSync(
  join(target, "build.json"),
  JSON.stringify({ sources: hashes(sources, here), built: hashes(built, target) }, null, 2) + "\n",
);
console.log(`${built.length} files written to ${relative(process.cwd(), target)}`);
