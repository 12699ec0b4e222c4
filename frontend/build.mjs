// Bundles the front end into the look's static folder; --watch follows changes, --tests bundles the logic's tests.
import { readdirSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const out = here("../alongside/look/static/look/built")

if (process.argv.includes("--tests")) {
  const tests = readdirSync(here("test")).filter((name) => name.endsWith(".test.ts"))
  rmSync(here("../build/frontend-tests"), { recursive: true, force: true })
  await esbuild.build({
    entryPoints: tests.map((name) => here(`test/${name}`)),
    outdir: here("../build/frontend-tests"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  })
} else {
  rmSync(out, { recursive: true, force: true })
  const options = {
    entryPoints: [
      { in: here("src/app.ts"), out: "app" },
      { in: here("src/app.css"), out: "app" },
      { in: here("src/join.ts"), out: "join" },
    ],
    outdir: out,
    entryNames: "[name]",
    chunkNames: "[name]-[hash]",
    assetNames: "faces/[name]-[hash]",
    bundle: true,
    minify: true,
    sourcemap: false,
    legalComments: "linked",
    format: "esm",
    target: ["chrome123", "firefox120", "safari17.5"],
    loader: { ".woff2": "file" },
    logLevel: "info",
  }
  // Every page has the one bundle; a booth has the other, in pieces of which some come later.
  const booth = [{ in: here("src/booth/booth.ts"), out: "booth" }, { in: here("src/booth/booth.css"), out: "booth" }]
  for (const bundle of [options, { ...options, splitting: true, entryPoints: booth }]) {
    if (process.argv.includes("--watch")) await (await esbuild.context(bundle)).watch()
    else await esbuild.build(bundle)
  }
}
